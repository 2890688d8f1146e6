"""The language pipeline: the bundled one, or any other spaCy pipeline with the bundled one's components added."""

from importlib import import_module
from typing import TYPE_CHECKING

from ..schema import QUOTES, RELATIONS

if TYPE_CHECKING:
    from spacy.language import Language

DEFAULT = "en_newsvoices"


def load_pipeline(name: str | None = None) -> "Language":
    """A spaCy pipeline that finds mentions, quotes and relations.

    Args:
        name: an installed spaCy pipeline or a path to one; the bundled English one by default. Another English pipeline
            keeps its own tags, parse and entities, and the bundled one's components are added to it. One whose
            components declare that they assign doc.spans (the mentions), doc._.quotes and doc._.relations is taken as it is.

    Raises:
        ValueError: no such pipeline, one without entities, or one of a language that nothing can be added to.

    Limitation: the bundled pipeline knows English news only.
    """
    import spacy

    if name is None:
        return spacy.load(DEFAULT)
    try:
        nlp = spacy.load(name)
    except OSError as error:
        installed = ", ".join(sorted(spacy.util.get_installed_models())) or "none"
        raise ValueError(
            f"no spaCy pipeline {name!r}; installed: {installed}. Leave the name out for the bundled pipeline, "
            f"or get another with: python -m spacy download en_core_web_sm"
        ) from error
    if not missing_annotations(nlp):
        return nlp
    try:
        return import_module(DEFAULT).add_components(nlp)
    except ValueError as error:
        raise ValueError(f"the spaCy pipeline {name!r} cannot be used: {error}") from error


def missing_annotations(nlp: "Language") -> list[str]:
    """What no component of a pipeline declares that it assigns, of what the tables are made of."""
    assigned = {attribute for name in nlp.pipe_names for attribute in nlp.get_pipe_meta(name).assigns}
    return [name for name in ("doc.spans", f"doc._.{QUOTES}", f"doc._.{RELATIONS}") if name not in assigned]


def check_complete(nlp: "Language") -> None:
    """Raises a ValueError that says how to add what a pipeline in memory lacks."""
    if names := missing_annotations(nlp):
        raise ValueError(
            f"no component of this pipeline declares that it assigns {', '.join(names)}. To an English pipeline with "
            f"entities, {DEFAULT}.add_components(nlp) adds what does, after import {DEFAULT}; and so does "
            "analyse(articles, nlp='its name or path')"
        )
