"""What a cached result depends on: the pipeline and the version of each table."""

import json
from hashlib import blake2b
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from .pipeline import DEFAULT, load_pipeline

if TYPE_CHECKING:
    from spacy.language import Language

TABLES = {"mentions": 3, "quotes": 2, "relations": 2, "sentences": 3}
"""What is worked out article by article, with its version. A change of behaviour in newsvoices.tables raises the table's
version here, one in a pipeline's code the version in its meta.json; a test on fixed texts fails where neither was done."""

_NO_RESULT = set(
    ".py .pyc .md scores.json PKG-INFO".split()
)  # files of a pipeline that change nothing by themselves


def short_hash(*parts: bytes | str) -> str:
    """32 hexadecimal digits for these parts in this order.

    >>> short_hash("a", "b") == short_hash("ab")
    False
    """
    digest = blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8) + data)
    return digest.hexdigest()


def step_versions(pipeline: str) -> dict[str, str]:
    """For each table its name with a hash of the pipeline's version, the table's own and spaCy's."""
    return {
        table: f"{table}-{short_hash(pipeline, version('spacy'), str(number))[:16]}"
        for table, number in TABLES.items()
    }


def pipeline_version(nlp: "Language | str | Path | None") -> str:
    """A hash of a pipeline's settings, weights and word lists; the bundled one, given as None, is not loaded.

    Any other counts with the bundled one's files, whose components are added to it.

    Raises:
        ValueError: no pipeline of this name.

    Limitation: code counts by the version in meta.json only.
    """
    bundled = _files(DEFAULT)
    if nlp is None:
        return bundled
    if isinstance(nlp, str | Path) and (files := _files(nlp)):
        return short_hash(bundled, files)
    if isinstance(nlp, str | Path):
        nlp = load_pipeline(str(nlp))
    parts = [nlp.tokenizer, *(component for _, component in nlp.pipeline)]
    learned = [part.to_bytes(exclude=["vocab"]) for part in parts if hasattr(part, "to_bytes")]
    named = json.dumps([nlp.meta["lang"], nlp.meta["name"], nlp.meta["version"], nlp.pipe_names])
    return short_hash(bundled, named, nlp.config.to_str(), *learned)


def _files(name: str | Path) -> str:
    """A hash of the files of a pipeline's package or folder; "" where there is neither."""
    folder = Path(name)
    if not folder.is_dir():
        found = find_spec(str(name)) if str(name).isidentifier() else None
        if not (found and found.submodule_search_locations):
            return ""
        folder = Path(found.submodule_search_locations[0])
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    files = [file for file in files if not {file.suffix, file.name} & _NO_RESULT]
    return short_hash(*(p for f in files for p in (f.relative_to(folder).as_posix(), f.read_bytes())))
