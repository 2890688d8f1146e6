"""What a result depends on: the pipeline, the code and the lexicons, each as a short hash."""

import ast
import json
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

TABLES = ("mentions", "quotes", "relations")
"""Tables worked out article by article. The function of that name, in the module of that name, takes Docs."""

LATER: tuple[str, ...] = ("speakers",)
"""Components that are rules over a finished Doc, each a function in the module of its name. They are left out of
the language work and run on the stored Docs, so that a change in their lexicons costs no language work."""

_PACKAGE = Path(__file__).parent
_NO_RESULT = {".md", ".pyc", "scores.json"}  # files of a pipeline that change no result


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
    """For each step, "docs" and the tables, its name with a hash of all that its results depend on.

    A changed lexicon, or module, changes the tables whose module reads it, directly or through others. "docs"
    is the language work: it changes with the pipeline, spaCy, and what the pipeline's components read.
    """
    docs = short_hash(
        pipeline, version("spacy"), code_version("pipeline", without=LATER), code_version("steps")
    )
    tables = {table: short_hash(docs, code_version(table), *map(code_version, LATER)) for table in TABLES}
    return {step: f"{step}-{hashed[:16]}" for step, hashed in {"docs": docs, **tables}.items()}


@cache  # for a process holds the lexicons that it once read
def code_version(module: str, *, without: tuple[str, ...] = ()) -> str:
    """A hash of a module of this package, the modules it imports from it, and the lexicons that they name."""
    files = {_PACKAGE / f"{name}.py" for name in without}
    _gather(_PACKAGE / f"{module}.py", files)
    files -= {_PACKAGE / f"{name}.py" for name in without}
    return short_hash(*(part for file in sorted(files) for part in (file.name, file.read_bytes())))


def _gather(file: Path, files: set[Path]) -> None:
    """Adds a file and all that it needs, directly or through others."""
    if file not in files:
        files.add(file)
        for needed in _needs(file):
            _gather(needed, files)


@cache
def _needs(file: Path) -> list[Path]:
    """Modules that a module imports from this package, and lexicons whose name stands in it as a string."""
    nodes = list(ast.walk(ast.parse(file.read_bytes()))) if file.suffix == ".py" else []
    imports = [node for node in nodes if isinstance(node, ast.ImportFrom) and node.level == 1]
    names = {
        name for i in imports for name in ([i.module] if i.module else [alias.name for alias in i.names])
    }
    strings = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    modules = (path for name in names for path in (_PACKAGE / f"{name}.py", _PACKAGE / name / "__init__.py"))
    lexicons = (path for path in (_PACKAGE / "lexicon").glob("*.csv") if strings & {path.stem, path.name})
    if file.name == "schema.py":  # its tables have names of their own
        return []
    return [path for path in (*modules, *lexicons) if path.exists()]


def pipeline_version(nlp: "Language | str | Path | None") -> str:
    """A hash of a pipeline's settings and weights; one given by name (None: the bundled one) is not loaded.

    Raises:
        ValueError: no pipeline of this name.

    Limitation: of a component that is a function in a script, only the name is known.
    """
    if nlp is None or isinstance(nlp, str | Path):
        if (folder := _folder(nlp)) is not None:
            files = sorted(file for file in folder.rglob("*") if file.is_file())
            files = [file for file in files if not {file.suffix, file.name} & _NO_RESULT]
            return short_hash(*(p for f in files for p in (f.relative_to(folder).as_posix(), f.read_bytes())))
        from .pipeline import load_pipeline

        nlp = load_pipeline(str(nlp))
    parts = [nlp.tokenizer, *(component for _, component in nlp.pipeline)]
    learned = [part.to_bytes(exclude=["vocab"]) for part in parts if hasattr(part, "to_bytes")]
    named = json.dumps([nlp.meta["lang"], nlp.meta["name"], nlp.meta["version"], nlp.pipe_names])
    return short_hash(named, nlp.config.to_str(), *learned)


def _folder(name: str | Path | None) -> Path | None:
    if name is None:
        return _PACKAGE / "model"
    if Path(name).is_dir():
        return Path(name)
    found = find_spec(str(name)) if str(name).isidentifier() else None
    return Path(found.submodule_search_locations[0]) if found and found.submodule_search_locations else None
