from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell, new_notebook, new_output

from newsvoices.explorer.without_widgets import WithoutWidgets


def test_a_page_has_the_sentence_and_asks_nobody_for_the_widget():
    view = {"model_id": "1", "version_major": 2, "version_minor": 1}
    data = {
        "application/vnd.jupyter.widget-view+json": view,
        "text/html": "<p>3 quotes</p>",
        "text/plain": "3 quotes",
    }
    state = {
        "application/vnd.jupyter.widget-state+json": {
            "state": {"1": {}},
            "version_major": 2,
            "version_minor": 0,
        }
    }
    cell = new_code_cell("view", outputs=[new_output("display_data", data)])
    notebook = new_notebook(cells=[cell], metadata={"widgets": state})
    page, _ = HTMLExporter(preprocessors=[WithoutWidgets]).from_notebook_node(notebook)
    assert "<p>3 quotes</p>" in page
    assert "widget-state" not in page and "widget-view" not in page
