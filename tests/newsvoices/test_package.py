import subprocess
import sys
from importlib import import_module

import newsvoices


def test_public_names_resolve():
    assert all(callable(getattr(newsvoices, name)) for name in newsvoices.__all__)
    assert set(newsvoices.__all__) <= set(dir(newsvoices))


def test_a_function_is_not_hidden_by_the_module_of_its_name():
    module = import_module("newsvoices.tables.mentions")
    assert newsvoices.mentions is module.mentions


def test_import_loads_neither_spacy_nor_pandas():
    code = "import sys, newsvoices; print(sorted({'spacy', 'pandas', 'numpy'} & set(sys.modules)))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "[]\n"
