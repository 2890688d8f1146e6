"""A figure in a notebook, with words for who cannot see it and the numbers behind it."""

import base64
import io

import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import HTML, display
from matplotlib.axes import Axes
from PIL import Image

from ..files.saving import without_formulas


def figure(drawn: Axes | HTML, *, table: pd.DataFrame, alt: str) -> None:
    """Displays a figure with alternative text, and keeps its numbers beside it as CSV.

    `newsvoices run` writes both next to each other, as figures/NAME-1.png and figures/NAME-1.csv (or .html
    and .csv), and nbval compares the CSV, which it cannot do with a picture.

    Args:
        drawn: what a function of plots or compare_plots returned, or HTML.
        table: the numbers behind it; its index is left out. Numbers are written to five digits.
        alt: what there is to see, in a sentence.
    """
    data = {"text/plain": alt, "text/csv": without_formulas(table).to_csv(index=False, float_format="%.5g")}
    if isinstance(drawn, HTML):
        display(data | {"text/html": drawn.data}, raw=True)
        return
    picture = io.BytesIO()
    drawn.figure.savefig(picture, format="png", dpi=100, bbox_inches="tight", metadata={"Software": None})
    plt.close(drawn.figure)
    small = io.BytesIO()  # a palette that keeps the colours, at a quarter of the size
    colours = Image.open(picture).convert("RGB").quantize(256, Image.Quantize.FASTOCTREE)
    colours.save(small, format="png", optimize=True)
    data["image/png"] = base64.encodebytes(small.getvalue()).decode("ascii")
    display(data, metadata={"image/png": {"alt": alt}}, raw=True)
