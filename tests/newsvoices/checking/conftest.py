import base64
import json
from collections.abc import Callable

import pytest

# A page in which a stand-in for the kernel's model calls the module as anywidget does.
STAND_IN = """<!doctype html><meta charset="utf-8"><body data-jp-theme-light="%s"><div id="el"></div><script type="module">
%s
const state = %s, bytes = Uint8Array.from(atob(state._tables), (letter) => letter.charCodeAt(0)), told = {};
state._tables = new DataView(bytes.buffer);
window.sent = [];
window.answer = (news) => { state._state = news; told["change:_state"](); };
const model = { get: (name) => state[name], send: (message) => window.sent.push(JSON.parse(JSON.stringify(message))), on: (name, heard) => (told[name] = heard), off: () => {} };
render({ model, el: document.getElementById("el") });
</script><style>%s</style>"""


class Shown:
    """A view in the browser; what its keys ask for is given to Python, and Python's answer to the browser."""

    def __init__(self, browser, view, file, *, light: bool = True) -> None:
        from selenium.webdriver.common.by import By
        from selenium.webdriver.support.ui import WebDriverWait

        self.browser, self.view, self.keys, self.css = browser, view, 0, By.CSS_SELECTOR
        state = {name: getattr(view, name) for name in ("_state", "_blind", "_file")}
        state["_tables"] = base64.b64encode(view._tables).decode()
        light = "true" if light else "false"
        page = STAND_IN % (light, view._esm, json.dumps(state).replace("</", "<\\/"), view._css)
        file.write_text(page, encoding="utf-8")
        browser.get(file.as_uri())
        WebDriverWait(browser, 20).until(lambda b: b.find_elements(By.CSS_SELECTOR, ".nv-check"))
        browser.execute_script("document.querySelector('.nv-check').focus()")

    def press(self, *keys: str) -> None:
        """Presses keys one after the other, each as soon as the one before was answered."""
        from selenium.webdriver import ActionChains

        for key in keys:
            self.keys += 1
            ActionChains(self.browser).send_keys(key).perform()
            self.answer()

    def answer(self) -> None:
        while sent := self.browser.execute_script("return window.sent.splice(0)"):
            for message in sent:
                self.view.on_message(message)
                self.browser.execute_script("window.answer(arguments[0])", self.view._state)

    def drag(self, start: int, end: int) -> None:
        """Selects the characters from start to end with the mouse."""
        from selenium.webdriver import ActionChains

        (x, y), (to_x, to_y) = self.browser.execute_script(PLACES, start, end)
        chain = ActionChains(self.browser, duration=0)
        mouse = chain.w3c_actions.pointer_action
        mouse.move_to_location(x, y).pointer_down().move_to_location(to_x, to_y).pointer_up()
        chain.perform()

    def all(self, selector: str) -> list[str]:
        return [node.text for node in self.browser.find_elements(self.css, selector)]


# Where the first and the last of some characters of the article stand on the screen; they are scrolled into view.
PLACES = """
const body = document.querySelector(".nv-text"), at = [], walk = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
while (walk.nextNode()) {
  let unit = 0;
  for (const letter of walk.currentNode.data) { at.push([walk.currentNode, unit, letter.length]); unit += letter.length; }
}
const box = ([node, unit, length]) => { const range = document.createRange(); range.setStart(node, unit); range.setEnd(node, unit + length); return range.getBoundingClientRect(); };
const [start, end] = arguments, frame = body.getBoundingClientRect();
body.scrollTop += box(at[start]).top - frame.top - frame.height / 3;
const first = box(at[start]), last = box(at[end - 1]);
return [[first.left + first.width / 4, first.top + first.height / 2], [last.right - last.width / 4, last.top + last.height / 2]].map((pair) => pair.map(Math.round));
"""


@pytest.fixture
def shown(browser, tmp_path) -> Callable[..., Shown]:
    """Shows a view of check in the browser."""
    return lambda view, **how: Shown(browser, view, tmp_path / "check.html", **how)
