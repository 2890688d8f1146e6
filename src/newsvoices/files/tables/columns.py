"""Which column holds what: from rows of any table to articles' fields."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import chain, islice
from urllib.parse import urlsplit

from ...losses import first_of
from ..fields import Fields
from ..metadata.aliases import aliases, column_name
from ..newswire import ninjs
from ..sources.source import Source, printable_name
from ..sources.text import Unreadable, line_feeds

Row = tuple[int, Mapping[str, object]]

_ADDRESS = re.compile(r"https?://\S+|www\.\S+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/?")
_PAGE = re.compile(r"https?://[^/\s]+/\S")
_CUT = re.compile(r"\[\+\d+ chars\]\s*$")
_TAGS = re.compile(r"<(?:p|br|div)\b[^>]*>", re.IGNORECASE)
_LIST = re.compile(r"\[(?:(?:'[^']*'|\"[^\"]*\")(?:, )?)*\]")
_ITEM = re.compile(r"(?<=')[^']+(?=',|'\])|(?<=\")[^\"]+(?=\",|\"\])")
_NESTED = ("fields", "_source", "article", "attributes", "metadata")
_NAMES_INSIDE = ("name", "title", "label", "value", "text")


def articles(
    rows: Iterable[Row], source: Source, columns: Mapping[str, str], *, what: str = "row"
) -> Iterator[Fields]:
    """Each row's fields; a row without text is named in the report, as ``what`` of this number.

    The columns are chosen by those of the first thousand rows.

    Raises:
        ValueError: no column of text, or one that the caller names is not there.
    """
    rows = iter(rows)
    first: list[Row] = []
    broken = None
    try:
        first.extend((number, _flat(row)) for number, row in islice(rows, 1000))
    except Unreadable as error:
        broken = error
    if not first and broken:
        raise broken
    if not first:
        source.skip("empty")
        return
    if all(ninjs.is_item(row) for _, row in first) and not columns:
        read = ninjs.fields
    else:
        read = partial(
            _fields, chosen=choose(dict.fromkeys(key for _, row in first for key in row), columns, source)
        )
    n_cut = n_markup = 0
    for number, row in chain(first, ((number, _flat(row)) for number, row in rows)):
        where = f"{what} {number}"
        try:
            fields = read(row)
        except (RecursionError, Unreadable) as error:
            source.skip(f"{where}: {'nested too deeply' if isinstance(error, RecursionError) else error}")
            continue
        n_cut += bool(_CUT.search(fields["text"][-40:]))
        n_markup += bool(fields.pop("markup", ""))
        yield {**fields, "number": str(number), "where": where}
    if broken:
        raise broken
    if n_markup:
        source.note(f"{n_markup} texts are HTML: read as the text they show")
    if n_cut:
        advice = "as NewsAPI does (“… [+1234 chars]”): read the pages themselves"
        source.note(f"{n_cut} texts are cut off, {advice}")


def choose(
    found: Iterable[str], columns: Mapping[str, str], source: Source | None = None
) -> dict[str, list[str]]:
    """Which columns hold which of ours, best first: the caller's choice alone, else by the names others use.

    Columns of one name are noted of the source, if it is given.

    Raises:
        ValueError: no column of text, or one that the caller names is not there.
    """
    found = list(found)
    if absent := sorted(set(columns.values()) - set(found)):
        raise ValueError(f"no column {', '.join(absent)}; found are {names_in_a_row(found)}")
    free: dict[str, list[str]] = {}
    for original in found:
        if original not in columns.values():
            free.setdefault(column_name(original), []).append(original)
    chosen = {column: [original] for column, original in columns.items()}
    for column, names in aliases().items():
        originals = [original for alias in names for original in free.get(alias, ())]
        if originals:
            chosen.setdefault(column, originals)
    if source:
        for same in (names for names in free.values() if len(names) > 1):
            source.note(f"columns of one name, {names_in_a_row(same)}: the first is read")
    if "text" not in chosen:
        accepted = (
            f"; accepted are {', '.join(aliases()['text'][:8])}, …, or name yours with columns={{'text': …}}"
        )
        addresses = (
            ". This is a list of addresses, as GDELT and Media Cloud give it: save their pages and read those"
        )
        advice = addresses if "url" in chosen else accepted
        raise ValueError(f"no column of text: found are {names_in_a_row(found)}{advice}")
    return chosen


def has_text(found: Iterable[str], columns: Mapping[str, str] | None = None) -> bool:
    """Whether one of the columns holds texts."""
    try:
        choose(found, columns or {})
    except ValueError:
        return False
    return True


def names_in_a_row(names: Iterable[str]) -> str:
    """Names in a row, cut where they would fill more than a line or two."""
    short = [printable_name(str(name) if len(str(name)) < 60 else f"{str(name)[:57]}…") for name in names]
    return first_of(short, most=12).replace("; ", ", ")


def _flat(row: Mapping[str, object]) -> dict[str, object]:
    """The row with the keys of its nested objects beside its own."""
    inner = {
        key: value
        for nested in _NESTED
        if isinstance(row.get(nested), Mapping)
        for key, value in row[nested].items()
    }
    return {**inner, **{key: value for key, value in row.items() if not (key in _NESTED and inner)}}


def _fields(row: Mapping[str, object], *, chosen: Mapping[str, list[str]]) -> Fields:
    """One row's fields.

    Raises:
        Unreadable: it has no text.
    """
    text, markup = _text(row, chosen["text"])
    values = {
        column: [value for key in keys if (value := as_text(row.get(key)))]
        for column, keys in chosen.items()
        if column != "text"
    }
    lead, outlets = next(iter(values.pop("lead", ())), ""), values.pop("outlet", [])
    fields = {column: found[0] for column, found in values.items() if found}
    fields.setdefault("url", next(filter(_PAGE.match, outlets), ""))
    fields["outlet"] = _outlet(outlets, fields["url"])
    if lead and not _holds(text, lead):
        title = fields.get("title", "")
        text = "\n\n".join(filter(None, ["" if _holds(text, title) else title, lead, text]))
    return {**fields, "text": line_feeds(text), "markup": markup}


def _text(row: Mapping[str, object], keys: list[str]) -> tuple[str, str]:
    """The first text that is no markup and ""; else that of the first markup and "yes"."""
    markup = None
    for key in keys:
        value = row.get(key)
        if isinstance(value, Mapping):
            value = _sections(value)
        elif isinstance(value, list) and value and all(isinstance(part, str) for part in value):
            value = "\n\n".join(value)
        if value is None:
            continue
        if not isinstance(value, str):
            break
        if len(_TAGS.findall(value[:2000])) > 1 or value.lstrip()[:3].lower() == "<p>":
            from ..documents.html import markup_paragraphs

            markup = markup or "\n\n".join(markup_paragraphs(value))
        elif value.strip() or len(keys) == 1:
            return value, ""
    if markup is not None:
        return markup, "yes"
    if isinstance(first := row.get(keys[0]), str):
        return "", ""
    raise Unreadable(f"text ({keys[0]}) is {'missing' if first is None else f'a {type(first).__name__}'}")


def _sections(body: Mapping) -> str | None:
    """The body of an article as fundus gives it: summary, then sections with headline and paragraphs."""
    parts = list(body.get("summary") or [])
    for section in body.get("sections") or []:
        parts += [*(section.get("headline") or []), *(section.get("paragraphs") or [])]
    return "\n\n".join(part for part in parts if isinstance(part, str)) or None


def _holds(text: str, beginning: str) -> bool:
    """Whether the text begins with this already, white space aside."""
    start = " ".join(beginning.split())
    return not start or start in " ".join(text[: 3 * len(beginning) + 1000].split())


def _outlet(values: list[str], url: str) -> str:
    """The first value that is a name; the host of an address, where there is none."""
    if names := [value for value in values if not _ADDRESS.fullmatch(value)]:
        return names[0]
    hosts = (value if "/" not in value and not value.startswith("www.") else _host(value) for value in values)
    return next(filter(None, [*hosts, _host(url)]), "")


def _host(address: str) -> str:
    """The host of an address, without www.

    >>> _host("https://www.morast-courier.example/2024/a.html")
    'morast-courier.example'
    """
    try:
        parts = urlsplit(address if "//" in address else f"//{address}")
    except ValueError:
        return ""
    return (parts.hostname or "").removeprefix("www.")


def as_text(value: object) -> str:
    """A cell as text: lists joined, also those that Python wrote into a table; an object by its name."""
    if value is None or value != value:
        return ""
    if isinstance(value, str):
        return ", ".join(_ITEM.findall(value)) if _LIST.fullmatch(value) else value.strip()
    if isinstance(value, list):
        return ", ".join(filter(None, map(as_text, value)))
    if isinstance(value, Mapping):
        inside = next((value[key] for key in _NAMES_INSIDE if isinstance(value.get(key), str)), None)
        return inside.strip() if inside is not None else json.dumps(value, ensure_ascii=False)[:200]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
