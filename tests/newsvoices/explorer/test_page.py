import re

import pytest

from newsvoices import LossWarning, save_explorer
from newsvoices.explorer.chosen import COLUMNS
from newsvoices.explorer.page import module


def test_what_cannot_be_chosen_is_named(corpus, tmp_path):
    with pytest.raises(ValueError, match="quotes cannot be chosen by colour; its columns are outlet, actor"):
        save_explorer(corpus, tmp_path / "page.html", colour="red")
    assert list(tmp_path.iterdir()) == []


def test_a_corpus_too_large_keeps_the_articles_of_the_rows_chosen_and_says_so(corpus, tmp_path):
    whole = save_explorer(corpus, tmp_path / "whole.html").stat().st_size
    with pytest.warns(LossWarning, match="holds 1 of 3 articles, those of the rows chosen"):
        small = save_explorer(corpus, tmp_path / "small.html", most=whole - 1, actor="Goran Vasht")
    assert small.stat().st_size < whole
    with pytest.warns(LossWarning, match="holds 2 of 3 articles, evenly spread"):
        save_explorer(corpus, tmp_path / "spread.html", most=whole - 1)
    with pytest.raises(ValueError, match="not one article fits"):
        save_explorer(corpus, tmp_path / "none.html", most=1000)


def test_page_and_python_choose_by_the_same_columns():
    written = re.search(r"const FACETS = {.*?\n(.*?)};", module(), re.DOTALL).group(1)
    lists = re.findall(r"(\w+): \[(.*?)\]", written)
    assert {name: tuple(re.findall(r'"(\w+)"', columns)) for name, columns in lists} == COLUMNS


def test_the_module_puts_text_in_as_text_only_and_cannot_end_its_script():
    forbidden = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|fetch\(|import\(|</script"
    assert re.findall(forbidden, module()) == []
