"""Who is in the news, who gets to speak, about whom, and how sure are we?

The public names are imported when they are first used, so that ``import newsvoices`` loads neither spaCy nor
pandas.
"""

import sys
from importlib import import_module
from types import ModuleType

__version__ = "0.1.0"

_MODULE_OF = {
    "alias_candidates": "aliases",
    "analyse": "analysis",
    "analyse_dataset": "dataset",
    "backbone": "structure",
    "balance": "structure",
    "by_period": "timing",
    "camps": "structure",
    "centralities": "structure",
    "communities": "structure",
    "compare_networks": "network",
    "concentration": "compare",
    "ego": "network",
    "evidence": "evidence",
    "figure": "figures",
    "firsts": "timing",
    "frame": "schema",
    "keyness": "keyness",
    "load_pipeline": "pipeline",
    "LossWarning": "formats",
    "mentions": "mentions",
    "network": "network",
    "quote_items": "shared",
    "quotes": "quotes",
    "read_articles": "articles",
    "read_gold": "gold",
    "relations": "relations",
    "resolve_actors": "actors",
    "save_network": "export",
    "save_tables": "saving",
    "score_mentions": "gold",
    "score_quotes": "gold",
    "score_relations": "gold",
    "shared_quotes": "shared",
    "shares": "compare",
    "show": "show",
    "show_versions": "show",
    "stability": "structure",
    "Tables": "analysis",
    "terms": "keyness",
    "tie_evidence": "network",
    "ties": "network",
    "wire_copies": "copies",
    "without_copies": "copies",
}

__all__ = sorted(_MODULE_OF)


def __getattr__(name: str) -> object:
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_MODULE_OF[name]}", __name__), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _Package(ModuleType):
    """Keeps a function apart from the module of the same name.

    Importing ``newsvoices.mentions`` would otherwise put the module where the function ``mentions`` belongs.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if isinstance(value, ModuleType) and name in _MODULE_OF:
            value = getattr(value, name)
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
