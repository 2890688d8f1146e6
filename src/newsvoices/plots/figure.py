"""A figure in a notebook, sharp on every screen, with words for who cannot see it and the numbers behind it."""

import base64
import io
from html import escape

import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import HTML, display
from matplotlib.axes import Axes
from PIL import Image

from ..files.saving import without_formulas
from .style import no_font_warnings, without_mathtext

DPI = 200  # drawn; shown at half that size


def figure(drawn: Axes | HTML, *, table: pd.DataFrame, alt: str) -> None:
    """Displays a figure with alternative text, and keeps its numbers beside it as CSV.

    `newsvoices run` writes both next to each other, as figures/NAME-1.png and figures/NAME-1.csv (or .html
    and .csv), and nbval compares the CSV, which it cannot do with a picture.

    Args:
        drawn: what a function of `plots` returned, or HTML.
        table: the numbers behind it; its index is left out. Numbers are written to five digits.
        alt: what there is to see, in a sentence.
    """
    data = {"text/plain": alt, "text/csv": without_formulas(table).to_csv(index=False, float_format="%.5g")}
    if isinstance(drawn, HTML):
        display(data | {"text/html": drawn.data}, raw=True)
        return
    picture, width = _picture(drawn)
    encoded = base64.b64encode(picture).decode("ascii")
    # JupyterLab shows a picture of type image/png without its alternative text, so it gets one as HTML
    page = f'<img src="data:image/png;base64,{encoded}" width="{width}" alt="{escape(alt, quote=True)}">'
    display(data | {"text/html": page}, raw=True)


def _picture(drawn: Axes) -> tuple[bytes, int]:
    """The figure as PNG, in a palette that keeps its colours at a quarter of the size, and its width when shown."""
    without_mathtext(drawn)  # also what was written after it was drawn
    large, small = io.BytesIO(), io.BytesIO()
    with no_font_warnings():
        drawn.figure.savefig(large, format="png", dpi=DPI, bbox_inches="tight", metadata={"Software": None})
    plt.close(drawn.figure)
    image = (
        Image.open(large).convert("RGB").quantize(128, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    )
    image.save(small, format="png", optimize=True)
    return small.getvalue(), image.width // 2
