// One of several, by digit, by arrows, or by what is typed.
class Chooser {
  constructor(close) {
    this.close = close;
    this.title = element("h3");
    this.input = element("input", { type: "text", oninput: () => this.draw() });
    this.list = element("ol", { class: "nv-choices", role: "listbox" });
    this.place = element("div", { class: "nv-chooser", hidden: "" }, this.title, this.input, this.list, element("p", { class: "nv-keys" }, "1–9 or ↑ ↓ Enter · type to search · Esc closes"));
    this.place.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (this.press(event.key)) event.preventDefault();
    });
  }

  // choices: {name, note, value}; `typed(text)`, if given, is the value of a name that is not among them.
  open(title, choices, chosen, typed = null) {
    Object.assign(this, { choices, chosen, typed });
    this.title.textContent = title;
    this.input.setAttribute("aria-label", title);
    this.input.placeholder = typed ? "a name" : "search";
    this.input.value = "";
    this.place.hidden = false;
    this.draw();
    this.input.focus({ preventScroll: true });
  }

  get isOpen() {
    return !this.place.hidden;
  }

  draw() {
    const words = this.input.value.trim(), sought = fold(words);
    this.shown = this.choices.filter(({ name, note }) => fold(`${name} ${note || ""}`).includes(sought)).slice(0, 60);
    if (this.typed && words && !this.choices.some(({ name }) => fold(name) === sought)) this.shown.push({ name: `“${words}”`, note: "as typed", value: this.typed(words) });
    this.at = 0;
    this.list.replaceChildren(...this.shown.map((choice, at) => element("li", { role: "option", onclick: () => this.choose(at) }, element("kbd", {}, at < 9 && !words ? at + 1 : ""), element("span", { class: "nv-name-of" }, choice.name), element("span", { class: "nv-choice-note" }, choice.note || ""))));
    this.mark();
  }

  mark() {
    [...this.list.children].forEach((line, at) => line.setAttribute("aria-selected", at === this.at));
    const line = this.list.children[this.at];
    if (line) this.list.scrollTop = Math.max(0, line.offsetTop + line.offsetHeight - this.list.offsetTop - this.list.clientHeight);
  }

  // Whether the key was for the list, not a letter of what is typed.
  press(key) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step) {
      this.at = Math.min(Math.max(this.at + step, 0), this.shown.length - 1);
      this.mark();
    } else if (key === "Enter") this.choose(this.at);
    else if (key === "Escape") this.shut();
    else if (/^[1-9]$/.test(key) && !this.input.value && this.shown[key - 1]) this.choose(key - 1);
    else return false;
    return true;
  }

  choose(at) {
    const choice = this.shown[at];
    if (!choice) return;
    this.shut();
    this.chosen(choice.value);
  }

  shut() {
    this.place.hidden = true;
    this.close();
  }
}
