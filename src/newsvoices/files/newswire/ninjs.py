"""News items in JSON (ninjs 1 and 2)."""

from collections.abc import Mapping

from ..fields import Fields, article

_KEYS = {
    "title": ("headline", "headlines"),
    "outlet": (
        "source",
        "provider",
        "copyrightholder",
        "copyrightHolder",
        "infosource",
        "infosources",
        "distributor",
    ),
    "date": ("firstcreated", "firstCreated", "versioncreated", "versionCreated", "contentcreated"),
    "byline": ("byline", "authors", "by"),
    "place": ("located",),
    "document": ("guid", "uri", "id"),
    "body": ("body_html", "body_xhtml", "body_text", "bodies"),
}


def is_item(item: Mapping) -> bool:
    """Whether a JSON object is a ninjs item."""
    return bool({"body_html", "body_text", "body_xhtml", "bodies"} & item.keys()) and bool(
        {"headline", "headlines", "versioncreated", "versionCreated", "uri", "guid"} & item.keys()
    )


def fields(item: Mapping) -> Fields:
    """An item's fields."""
    from ..documents.html import markup_paragraphs

    found = {
        field: next(filter(None, (_text(item.get(key)) for key in keys)), "") for field, keys in _KEYS.items()
    }
    addresses = (_text(item.get(key)) for key in ("url", "uri"))
    found["url"] = next((address for address in addresses if address.startswith("http")), "")
    return article(found, markup_paragraphs(found.pop("body")))


def _text(value: object) -> str:
    """A value as text; of a list the authors' names, or the first {"value": …} as in ninjs 2."""
    if isinstance(value, list):
        values = (_text(item.get("value")) for item in value if isinstance(item, Mapping))
        names = (_text(item.get("name") if isinstance(item, Mapping) else item) for item in value)
        return next(filter(None, values), "") or ", ".join(filter(None, names))
    return value.strip() if isinstance(value, str) else str(value) if isinstance(value, int) else ""
