"""News items in JSON (ninjs 1 and 2)."""

from collections.abc import Mapping

from ..fields import Fields, article


def is_item(item: Mapping) -> bool:
    """Whether a JSON object is a ninjs item."""
    return bool({"body_html", "body_text", "body_xhtml", "bodies"} & item.keys()) and bool(
        {"headline", "headlines", "versioncreated", "versionCreated", "uri", "guid"} & item.keys()
    )


def fields(item: Mapping) -> Fields:
    """An item's fields."""
    from ..documents.html import of_markup

    title = _string(item.get("headline")) or _of_list(item.get("headlines"))
    markup = next((item[key] for key in ("body_html", "body_xhtml") if isinstance(item.get(key), str)), "")
    body = of_markup(markup or _string(item.get("body_text")) or _of_list(item.get("bodies")))
    names = ("source", "provider", "copyrightholder", "copyrightHolder", "distributor")
    dates = ("firstcreated", "firstCreated", "versioncreated", "versionCreated", "contentcreated")
    authors = item.get("authors") if isinstance(item.get("authors"), list) else []
    by = [a.get("name", "") if isinstance(a, Mapping) else str(a) for a in authors]
    found = {
        "title": title,
        "outlet": next(filter(None, (_string(item.get(name)) for name in names)), ""),
        "date": next(filter(None, (_string(item.get(name)) for name in dates)), ""),
        "byline": _string(item.get("byline")) or ", ".join(filter(None, by)),
        "place": _string(item.get("located")),
        "url": next((v for v in (item.get("url"), item.get("uri")) if _string(v).startswith("http")), ""),
        "document": _string(item.get("guid")) or _string(item.get("uri")) or _string(item.get("id")),
    }
    return article(found, body)


def _string(value: object) -> str:
    return value.strip() if isinstance(value, str) else str(value) if isinstance(value, int) else ""


def _of_list(values: object) -> str:
    """The first value of ninjs 2's lists of {"value": …}."""
    for value in values if isinstance(values, list) else []:
        if isinstance(value, Mapping) and isinstance(value.get("value"), str):
            return value["value"]
    return ""
