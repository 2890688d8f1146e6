import re
import sys
from importlib import import_module
from pathlib import Path

import newsvoices

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def test_tables_are_those_of_the_code_and_the_results(monkeypatch):
    monkeypatch.setattr(sys, "path", [*sys.path, str(ROOT / "benchmarks")])
    readme = import_module("readme")
    assert [page for page in readme.PAGES if readme.written(text := page.read_text("utf-8")) != text] == []


def test_every_link_leads_somewhere():
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)]+)\)", README) if "://" not in link]
    assert [link for link in links if link and not (ROOT / link).exists()] == []


def test_public_names_say_what_they_are():
    assert all((getattr(newsvoices, name).__doc__ or "").strip() for name in newsvoices.__all__)
