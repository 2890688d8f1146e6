"""Paragraphs of a Rich Text file: headers, footers, pictures, styles and the addresses of links left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ..sources.source import Source

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z0-9])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_LEFT_OUT = frozenset(
    b"fonttbl colortbl stylesheet info pict header headerl headerr headerf footer footerl footerr footerf "
    b"fldinst xe tc bkmkstart bkmkend object objdata themedata datastore latentstyles listtable "
    b"listoverridetable rsidtbl generator annotation atnid atnauthor footnote filetbl revtbl".split()
)
_SIGNS = {
    b"par": "\n\n", b"sect": "\n\n", b"page": "\n\n", b"line": "\n", b"tab": "\t", b"cell": "\t", b"row": "\n\n",
    b"nestcell": "\t", b"nestrow": "\n\n",
    b"emdash": "—", b"endash": "–", b"bullet": "•", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“",
    b"rdblquote": "”", b"emspace": " ", b"enspace": " ", b"~": "\xa0", b"_": "‑", b"{": "{", b"}": "}",
    b"\\": "\\", b"\r": "\n\n", b"\n": "\n\n",
}  # fmt: skip
_CHARSETS = {
    128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254", 163: "cp1258",
    177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip


@dataclass(frozen=True)
class _Group:
    """What holds inside a pair of braces."""

    left_out: bool = False
    in_fonts: bool = False
    hidden: bool = False
    fallback: int = 1
    font: int = 0


@dataclass
class _Reading:
    """What is known at a place in the file."""

    code_page: str = "cp1252"
    charsets: dict[int, str] = field(default_factory=dict)
    pending: bytearray = field(default_factory=bytearray)
    to_skip: int = 0


def rtf_paragraphs(source: Source) -> Iterator[str]:
    """The paragraphs of an .rtf file, stripped; empty ones are passed over."""
    for paragraph in "".join(_text(source.read())).split("\n\n"):
        if text := paragraph.strip():
            yield text


def _text(data: bytes) -> Iterator[str]:
    groups, group, now = [], _Group(), _Reading()
    for token in _TOKEN.finditer(data):
        word, number, code, sign, brace, text = token.groups()
        if now.pending and code is None:
            yield _decoded(now, group)
        if brace == b"{":
            groups.append(group)
            now.to_skip = 0
        elif brace == b"}":
            group = groups.pop() if groups else _Group()
            now.to_skip = 0
        elif word:
            group, characters = _word(word, int(number) if number else None, group, now)
            if not (group.left_out or group.hidden):
                yield characters
        elif code:
            if now.to_skip:
                now.to_skip -= 1
            elif not (group.left_out or group.hidden):
                now.pending += bytes.fromhex(code.decode())
        elif sign == b"*":
            group = replace(group, left_out=True)
        elif not (group.left_out or group.hidden):
            characters = (
                text.decode(now.code_page, "replace") if text else _SIGNS.get(sign, "") if sign else ""
            )
            yield characters[now.to_skip :]
            now.to_skip = max(0, now.to_skip - len(characters))
    if now.pending:
        yield _decoded(now, group)


def _word(word: bytes, number: int | None, group: _Group, now: _Reading) -> tuple[_Group, str]:
    """The group as a control word leaves it, and the characters that the word stands for."""
    if word == b"fonttbl":
        return replace(group, left_out=True, in_fonts=True), ""
    if word in _LEFT_OUT:
        return replace(group, left_out=True), ""
    if word == b"u" and number is not None:
        now.to_skip = group.fallback
        return group, chr(number % 0x10000)
    if word == b"uc":
        return replace(group, fallback=number or 0), ""
    if word == b"f":
        return replace(group, font=number or 0), ""
    if word == b"fcharset" and group.in_fonts and number in _CHARSETS:
        now.charsets[group.font] = _CHARSETS[number]
    if word == b"ansicpg" and number:
        now.code_page = _known(f"cp{number}")
    if word in (b"v", b"deleted"):
        return replace(group, hidden=number != 0), ""
    if word in (b"plain", b"pard") and group.hidden:
        group = replace(group, hidden=False)
    return group, _SIGNS.get(word, "")


def _known(code_page: str) -> str:
    try:
        "".encode(code_page)
    except LookupError:
        return "cp1252"
    return "utf-8" if code_page == "cp65001" else code_page


def _decoded(now: _Reading, group: _Group) -> str:
    text = bytes(now.pending).decode(now.charsets.get(group.font, now.code_page), "replace")
    now.pending.clear()
    return text
