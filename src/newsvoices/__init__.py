"""Who is in the news, who gets to speak, about whom, and how sure are we?

The public names are imported when they are first used, so that ``import newsvoices`` loads neither spaCy nor
pandas.
"""

import sys
from importlib import import_module
from types import ModuleType

__version__ = "0.1.0"

_MODULE_OF = {
    "analyse": "analysis",
    "backbone": "structure",
    "balance": "structure",
    "camps": "structure",
    "centralities": "structure",
    "communities": "structure",
    "compare_networks": "network",
    "ego": "network",
    "analyse_dataset": "dataset",
    "evidence": "evidence",
    "frame": "schema",
    "load_pipeline": "pipeline",
    "LossWarning": "formats",
    "mentions": "mentions",
    "network": "network",
    "quotes": "quotes",
    "read_articles": "articles",
    "read_gold": "gold",
    "relations": "relations",
    "save_network": "export",
    "save_tables": "saving",
    "score_mentions": "gold",
    "score_quotes": "gold",
    "score_relations": "gold",
    "show": "show",
    "stability": "structure",
    "Tables": "analysis",
    "tie_evidence": "network",
    "ties": "network",
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
