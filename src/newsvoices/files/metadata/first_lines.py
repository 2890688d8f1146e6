"""What an article's own lines say about it: front matter, headline, byline, dateline, date."""

import re

from ..fields import Fields
from .aliases import column_name, column_of
from .dates import iso_date

_ALSO_IN_FRONT_MATTER = set("section language lang edition page words keywords tags category".split())

_PAIR = r"[A-Za-z][^:\n]{0,30}:[^\n]*\n"
_FENCED = re.compile(rf"\s*---[ \t]*\n((?:{_PAIR}|[ \t#-][^\n]*\n|\n)+?)---[ \t]*\n(?:[ \t]*\n)*")
_PLAIN = re.compile(rf"\s*((?:{_PAIR})+)(?:[ \t]*\n)+")

_DAY_BEHIND_PLACE = re.compile(
    r",?\s+(?:[^\W\d_]{3,12}\.? \d{1,2}|\d{1,2} [^\W\d_]{3,12})\b.*$|\s*[-–—]+\s*$"
)
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)

_PARTICLES = frozenset(
    "al au bin da de del della den der di dos du e el en ibn la le of ter upon van von y".split()
)
_BYLINE = re.compile(
    r"(?:By|BY|From|FROM) (?P<names>[^:;!?“”\"]{3,80}?)"
    r"(?:,? (?:in|at|near|above|outside) (?P<place>(?![a-z])[^.,:;]{2,40}))?"
)
_BYLINE_WORDS = _PARTICLES | set(
    "agencies agency and at correspondent for our reporter staff the with writer".split()
)

_WORD = r"[^\W\d_][\w.'’-]*"
_PLACE = rf"{_WORD}(?:[ /]{_WORD}){{0,3}}(?:, {_WORD}(?: {_WORD}){{0,2}})?"
_DAY = rf"(?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}})(?:,? \d{{4}})?"
_DATELINE = re.compile(
    rf"(?P<place>{_PLACE})(?P<date>,? {_DAY})?(?P<agency> \([^()]{{2,40}}\))?"
    rf"(?P<dash> ?(?:--|[—–]) ?| [-_] |: )(?=[“‘\"'\w])"
)
_DATE_LINE = re.compile(
    rf"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?(?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}}),? \d{{4}}"
)
_ADDRESS = re.compile(r"https?://\S+")
_DAY_OF_ADDRESS = re.compile(r"/((?:19|20)\d\d)/(\d\d)/(\d\d)(?=/)")
_NOT_PLACES = frozenset(
    "analysis and at breaking but by comment correction editor exclusive explainer factbox from in interview "
    "listen live note on opinion photos pictures profile review update updated video warning watch".split()
)
_STAY_CAPITALS = frozenset("UK UN US USA UAE EU DC".split())


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    r"""The fields of a leading block of ``Key: value`` lines, and the text behind it.

    A block ends with a blank line and has known keys only, or stands between two lines of ``---``; anything
    else is text ("Warning: storms ahead" is), and then the fields are empty.

    >>> split_front_matter("Outlet: The Morast Courier\nDate: 2024-03-04\n\nTalks resume")
    ({'outlet': 'The Morast Courier', 'date': '2024-03-04'}, 'Talks resume')
    """
    fenced = _FENCED.match(text)
    block = fenced or _PLAIN.match(text)
    if not block:
        return {}, text
    pairs = [line.partition(":")[::2] for line in block[1].split("\n") if ":" in line]
    fields, unknown = {}, False
    for key, value in pairs:
        if column := column_of(key):
            fields.setdefault(column, value.strip().strip('"') if fenced else value.strip())
        else:
            unknown = unknown or column_name(key) not in _ALSO_IN_FRONT_MATTER
    if not fields or unknown and not fenced:
        return {}, text
    return fields, text[block.end() :]


def first_lines(text: str) -> dict[str, str]:
    """Title, byline, place, date and url as the first lines of an article give them; "" where they do not.

    A web address alone in the first line is the url, and a day in its path the date that no dateline gives.
    The headline is a short first line without a full stop, followed by a blank line (or by the byline). A
    dateline is looked for in the three lines below it. Limitation: a first paragraph that begins with a name
    and a colon ("Carter: We …") looks like a dateline, unless marks or brackets follow the name.
    """
    found = dict.fromkeys(("title", "byline", "place", "date", "url"), "")
    lines = [line.strip() for line in text[:5000].split("\n")]
    head = [(line, following) for line, following in zip(lines, [*lines[1:], ""], strict=True) if line]
    if head and _ADDRESS.fullmatch(head[0][0]):
        found["url"] = head.pop(0)[0]
    if len(head) > 1 and _is_headline(*head[0]):
        found["title"] = head.pop(0)[0]
    body = [line for line, _ in head[:4]]
    byline = next(filter(None, map(_byline, body[:2])), None)
    if byline:
        found["byline"], found["place"] = byline["names"], byline["place"] or ""
        body.remove(byline[0])
    if day := next(filter(_DATE_LINE.fullmatch, body[:2]), None):
        found["date"] = iso_date(day)
        body.remove(day)
    for number, line in enumerate(body[:3]):
        if dateline := _dateline(line, first=number == 0):
            found["place"] = title_case(dateline["place"])
            found["date"] = iso_date(dateline["date"] or "") or found["date"]
            break
    found["date"] = found["date"] or day_of_address(found["url"])
    return found


def day_of_address(address: str) -> str:
    """The day in the path of a web address; "" if there is none.

    >>> day_of_address("https://morast-courier.example/2024/03/04/talks")
    '2024-03-04'
    """
    day = _DAY_OF_ADDRESS.search(address)
    return iso_date("-".join(day.groups())) if day else ""


def _is_headline(line: str, following: str) -> bool:
    ends_like_one = not re.search(r"[.,;:]$", line.rstrip("”’\"'")) or re.search(r"\b(?:[A-Z]\.){2,}$", line)
    return bool(
        len(line) <= 150 and ends_like_one and not _byline(line) and (not following or _byline(following))
    )


def _byline(line: str) -> re.Match | None:
    found = _BYLINE.fullmatch(line)
    if not found or line.endswith("."):
        return None
    words = re.findall(r"[^\W\d_][\w.'’-]*", found["names"])
    capitalised = [word[0].isupper() for word in words]
    known = [word in _BYLINE_WORDS for word in words]
    return found if any(capitalised) and all(map(max, capitalised, known)) else None


def _dateline(line: str, *, first: bool) -> re.Match | None:
    """A dateline at the start of a line; one without capitals, date or agency only in the body's first."""
    found = _DATELINE.match(line)
    if not found:
        return None
    words = re.split(r"[ /]", found["place"].replace(",", ""))
    following = line[found.end() :].lstrip("“‘\"'")[:1]
    if words[0].lower() in _NOT_PLACES or following.islower():
        return None
    capitalised = all(word[0].isupper() or word in _PARTICLES for word in words)
    if found["place"].split(",")[0].isupper() or found["date"]:
        return found
    if found["dash"] == ": " and (found["agency"] or line[found.end()] in "“‘\"'"):
        return None  # who speaks: Carter: “We …”, Ana Ruiz (Lab): I …
    if found["agency"]:
        return found if capitalised else None
    return found if first and capitalised and len(words) <= 3 and found["dash"].endswith(" ") else None


def title_case(place: str) -> str:
    """A place in capitals as other outlets write it, so that both count as one."""

    def fix(word: re.Match) -> str:
        if not word[0].isupper() or word[0] in _STAY_CAPITALS:
            return word[0]
        small = word.start() and word[0].lower() in _PARTICLES
        return word[0].lower() if small else word[0].capitalize()

    return re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)?", fix, place)


def completed_row(row: Fields) -> Fields:
    """The row with what its article's first lines say, where nothing else says it."""
    given = {
        name: value for name, value in row.items() if value and name not in ("where", "column", "file_date")
    }
    if "date" not in given and (day := day_of_address(given.get("url", ""))):
        given["date"] = day
    if place := _DAY_BEHIND_PLACE.sub("", given.get("place", "")):
        given["place"] = title_case(place)
    return {"outlet": "", **first_lines(row["text"]), **given}
