"""Notebooks without their widgets: for committed outputs and for pages, where no kernel runs."""

from typing import Any

from nbconvert.preprocessors import Preprocessor

_VIEW = "application/vnd.jupyter.widget-view+json"


class WithoutWidgets(Preprocessor):
    """Leaves of a widget's output the sentence beside it, and nothing of its state.

    A view names a model that only the kernel had: JupyterLab would show an error, and a page would ask a server for
    the code that draws it.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """The notebook and the resources, as nbconvert calls it."""
        nb.metadata.pop("widgets", None)
        for cell in nb.cells:
            for output in cell.get("outputs", []):
                output.get("data", {}).pop(_VIEW, None)
        return nb, resources
