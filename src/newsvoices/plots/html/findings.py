"""What a notebook found, and what was left out: sentences in boxes; the first page of a run collects the findings."""

import re
import warnings
from collections.abc import Iterable
from html import escape, unescape

import pandas as pd
from IPython.display import display

from ...losses import LossWarning

NOTHING = "Nothing in this corpus stands out here."
_ONE = re.compile(r"(?<![\d.,])1 (article|day|file|item|mention|outlet|quote|row|source|tie|token|word)s\b")
_STYLE = "border-left:4px solid #0072b2;padding:0.2em 0 0.2em 1.6em;max-width:52em;line-height:1.5"


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


def tell(template: str, rows: pd.DataFrame | bool = True, **values: object) -> list[str]:
    """A sentence per row: a template whose fields are the row's columns and the values given, texts in bold.

    Args:
        template: as str.format takes it.
        rows: a frame; or whether there is something to tell, once.
        values: the same for every row.

    "1 articles" becomes "1 article", and so do the other things that a corpus has.

    >>> tell("{actor} has {n:.1f} %.", pd.DataFrame({"actor": ["Ada"], "n": [7.25]})), tell("Nobody.", False)
    (['<b>Ada</b> has 7.2 %.'], [])
    >>> tell("{n} articles of {k} outlets.", n=1, k=21)
    ['1 article of 21 outlets.']
    """
    records = rows.to_dict("records") if isinstance(rows, pd.DataFrame) else [{}] * bool(rows)
    texts = [
        {key: named(v) if isinstance(v, str | list) else v for key, v in (r | values).items()}
        for r in records
    ]
    return [_ONE.sub(r"1 \1", template.format(**text)) for text in texts]


def named(names: str | Iterable[str]) -> str:
    """A name, or several, in bold and escaped, for a sentence.

    >>> named("Smith & Sons"), named(["Ada", "Bo", "Cy"])
    ('<b>Smith &amp; Sons</b>', '<b>Ada</b>, <b>Bo</b> and <b>Cy</b>')
    """
    bold = [f"<b>{escape(str(name))}</b>" for name in ([names] if isinstance(names, str) else names)]
    return " and ".join(filter(None, [", ".join(bold[:-1]), *bold[-1:]]))


def show_losses() -> None:
    """From here on a LossWarning is a box among a notebook's outputs, not a red line with a path; others stay as they are."""
    before = warnings.showwarning

    def warning_box(message: Warning | str, category: type[Warning], *where: object, **how: object) -> None:
        if not issubclass(category, LossWarning):
            before(message, category, *where, **how)
            return
        text = escape(str(message))
        page = f'<p class="mathjax_ignore tex2jax_ignore" style="{_STYLE.replace("#0072b2", "#e69f00")}">{text}</p>'
        display({"text/html": page, "text/plain": str(message)}, raw=True)

    warnings.showwarning = warning_box
    warnings.simplefilter("default", LossWarning)
