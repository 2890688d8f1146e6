"""What a notebook found, and what was left out: sentences in boxes; the first page of a run collects the findings."""

import re
import warnings
from collections.abc import Iterable
from html import escape, unescape

from IPython.display import display

from ..losses import LossWarning

NOTHING = "Nothing in this corpus stands out here."
_STYLE = "border-left:4px solid #0072b2;padding:0.2em 0 0.2em 0.8em;max-width:52em;line-height:1.5"


def findings(*sentences: str) -> None:
    """Displays sentences as a list; where there is none, a sentence that says so.

    Args:
        sentences: HTML, names in it made by `named`; an empty one is passed over.
    """
    told = [sentence for sentence in sentences if sentence] or [NOTHING]
    items = "".join(f"<li>{sentence}</li>" for sentence in told)
    page = f'<ul class="findings mathjax_ignore tex2jax_ignore" style="{_STYLE}">{items}</ul>'
    plain = "\n".join(unescape(re.sub(r"<[^>]+>", "", sentence)) for sentence in told)
    display({"text/html": page, "text/plain": plain}, metadata={"newsvoices": "findings"}, raw=True)


def named(names: str | Iterable[str]) -> str:
    """A name, or several, in bold and escaped, for a sentence.

    >>> named("Smith & Sons"), named(["Ada", "Bo", "Cy"])
    ('<b>Smith &amp; Sons</b>', '<b>Ada</b>, <b>Bo</b> and <b>Cy</b>')
    """
    bold = [f"<b>{escape(str(name))}</b>" for name in ([names] if isinstance(names, str) else names)]
    return " and ".join(filter(None, [", ".join(bold[:-1]), *bold[-1:]]))


def percent(estimate: float, low: float | None = None, high: float | None = None) -> str:
    """A share with its interval.

    >>> percent(35.4, 28.1, 43.0)
    '35 % (28 to 43)'
    """
    return f"{estimate:.0f} %" + (f" ({low:.0f} to {high:.0f})" if low is not None else "")


def show_losses() -> None:
    """From here on a LossWarning is a box among a notebook's outputs, not a red line with a path; others stay as they are."""
    before = warnings.showwarning

    def boxed(message: Warning | str, category: type[Warning], *where: object, **how: object) -> None:
        if not issubclass(category, LossWarning):
            before(message, category, *where, **how)
            return
        text = escape(str(message))
        page = f'<p class="mathjax_ignore tex2jax_ignore" style="{_STYLE.replace("#0072b2", "#e69f00")}">{text}</p>'
        display({"text/html": page, "text/plain": str(message)}, raw=True)

    warnings.showwarning = boxed
    warnings.simplefilter("default", LossWarning)
