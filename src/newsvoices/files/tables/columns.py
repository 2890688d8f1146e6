"""Which column holds what: from rows of any table to articles' fields."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from urllib.parse import urlsplit

from ...extras import needs
from ...losses import Report, first_of
from ..metadata.aliases import aliases, column_name
from ..newswire import ninjs
from ..sources.source import shown
from ..sources.text import Unreadable, line_feeds

Fields = dict[str, str]
Row = tuple[int, Mapping[str, object]]

_ADDRESS = re.compile(r"https?://\S+|www\.\S+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/?")
_PAGE = re.compile(r"https?://[^/\s]+/\S")
_CUT = re.compile(r"\[\+\d+ chars\]\s*$")
_TAGS = re.compile(r"<(?:p|br|div)\b[^>]*>", re.IGNORECASE)
_NESTED = ("fields", "_source", "article", "attributes", "metadata")
_NAMES_INSIDE = ("name", "title", "label", "value", "text")


def articles(
    rows: Iterable[Row], *, name: str, columns: Mapping[str, str], report: Report, what: str = "line"
) -> Iterator[Fields]:
    """Each row's fields; a row without text is named in the report.

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
        report.skip(name, "empty")
        return
    if all(ninjs.is_item(row) for _, row in first) and not columns:
        chosen = {}
    else:
        chosen = choose(
            dict.fromkeys(key for _, row in first for key in row), columns, name=name, report=report
        )
    n_cut = 0
    for number, row in chain(first, ((number, _flat(row)) for number, row in rows)):
        where = f"{what} {number}"
        try:
            fields = ninjs.fields(row) if not chosen else _fields(row, chosen)
        except RecursionError:
            report.skip(name, f"{where}: nested too deeply")
            continue
        if isinstance(fields, str):
            report.skip(name, f"{where}: {fields}")
        else:
            n_cut += bool(_CUT.search(fields["text"][-40:]))
            yield {**fields, "number": str(number), "where": where}
    if broken:
        raise broken
    if n_cut:
        report.note(
            name, f"{n_cut} texts are cut off, as NewsAPI does (“… [+1234 chars]”): read the pages themselves"
        )


def choose(
    found: Iterable[str], columns: Mapping[str, str], *, name: str = "", report: Report | None = None
) -> dict[str, list[str]]:
    """Which columns hold which of ours, best first: the caller's choice alone, else by the names others use.

    Raises:
        ValueError: no column of text, or one that the caller names is not there.
    """
    found = list(found)
    if absent := sorted(set(columns.values()) - set(found)):
        raise ValueError(f"no column {', '.join(absent)}; found are {listed(found)}")
    free: dict[str, list[str]] = {}
    for original in found:
        if original not in columns.values():
            free.setdefault(column_name(original), []).append(original)
    chosen = {column: [original] for column, original in columns.items()}
    for column, names in aliases().items():
        originals = [original for alias in names for original in free.get(alias, ())]
        if originals:
            chosen.setdefault(column, originals)
    if report:
        for same in (names for names in free.values() if len(names) > 1):
            report.note(name, f"columns of one name, {listed(same)}: the first is read")
    if "text" not in chosen:
        raise ValueError(_no_text(found, chosen))
    return chosen


def listed(names: Iterable[str]) -> str:
    """Names in a row, cut where they would fill more than a line or two."""
    short = [shown(str(name) if len(str(name)) < 60 else f"{str(name)[:57]}…") for name in names]
    return first_of(short, most=12).replace("; ", ", ")


def _no_text(found: list[str], chosen: Mapping[str, list[str]]) -> str:
    if "url" in chosen:
        return (
            f"no column of text: found are {listed(found)}. This is a list of addresses, as GDELT and Media Cloud "
            "give it: save their pages and read those"
        )
    return (
        f"no column of text: found are {listed(found)}; accepted are {', '.join(aliases()['text'][:8])}, …, "
        "or name yours with columns={'text': …}"
    )


def _flat(row: Mapping[str, object]) -> dict[str, object]:
    """The row with the keys of its nested objects beside its own."""
    inner = {
        key: value
        for nested in _NESTED
        if isinstance(row.get(nested), Mapping)
        for key, value in row[nested].items()
    }
    return {**inner, **{key: value for key, value in row.items() if not (key in _NESTED and inner)}}


def _fields(row: Mapping[str, object], chosen: Mapping[str, list[str]]) -> Fields | str:
    """One row's fields; what is wrong with its text, if something is."""
    text = _text(row, chosen["text"])
    if text is None:
        key = chosen["text"][0]
        found = "missing" if row.get(key) is None else f"a {type(row[key]).__name__}"
        return f"text ({key}) is {found}"
    fields = {
        column: next(filter(None, (as_text(row.get(key)) for key in keys)), "")
        for column, keys in chosen.items()
        if column not in ("text", "lead", "outlet")
    }
    if not fields.get("url"):
        addresses = (as_text(row.get(key)) for key in chosen.get("outlet", ()))
        fields["url"] = next((address for address in addresses if _PAGE.match(address)), "")
    if outlet := _outlet(row, chosen.get("outlet", ()), fields.get("url", "")):
        fields["outlet"] = outlet
    lead = next(filter(None, (as_text(row.get(key)) for key in chosen.get("lead", ()))), "")
    if lead and not _holds(text, lead):
        title = fields.get("title", "")
        text = "\n\n".join(filter(None, ["" if _holds(text, title) else title, lead, text]))
    return {**fields, "text": line_feeds(text)}


def _text(row: Mapping[str, object], keys: list[str]) -> str | None:
    """The first text that is no markup; markup's text, if there is nothing else."""
    markup = None
    for key in keys:
        value = row.get(key)
        if isinstance(value, Mapping):
            value = _sections(value)
        elif isinstance(value, list) and value and all(isinstance(part, str) for part in value):
            value = "\n\n".join(value)
        if not isinstance(value, str):
            if value is not None:
                break
            continue
        if len(_TAGS.findall(value[:2000])) < 2 and value.lstrip()[:3].lower() != "<p>":
            if value.strip() or len(keys) == 1:
                return value
            continue
        markup = markup or _of_markup(value)
    return markup if markup is not None else "" if isinstance(row.get(keys[0]), str) else None


def _of_markup(text: str) -> str:
    needs("lxml", extra="files")
    from ..documents.html import of_markup

    return "\n\n".join(of_markup(text))


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


def _outlet(row: Mapping[str, object], keys: Iterable[str], url: str) -> str:
    """The first value that is a name; the host of an address, where there is none."""
    values = list(filter(None, (as_text(row.get(key)) for key in keys)))
    names = [value for value in values if not _ADDRESS.fullmatch(value)]
    return names[0] if names else next(filter(None, map(host, [*values, url])), "")


def host(address: str) -> str:
    """The host of an address, without www.

    >>> host("https://www.morast-courier.example/2024/a.html")
    'morast-courier.example'
    """
    try:
        parts = urlsplit(address if "//" in address else f"//{address}")
    except ValueError:
        return ""
    return (parts.hostname or "").removeprefix("www.")


def as_text(value: object) -> str:
    """A cell as text: lists joined, an object by its name."""
    if value is None or value != value:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return ", ".join(filter(None, map(as_text, value)))
    if isinstance(value, Mapping):
        inside = next((value[key] for key in _NAMES_INSIDE if isinstance(value.get(key), str)), None)
        return inside.strip() if inside is not None else json.dumps(value, ensure_ascii=False)[:200]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
