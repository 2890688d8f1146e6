"""Which actors meet in which sentence: both named in it, or one says something in it that names the other."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

Span = tuple[int, int]


class Meeting(NamedTuple):
    """Two actors in one sentence; all spans are of tokens of the Doc.

    The first is the one that is mentioned first, or who speaks in it without being mentioned. A meeting has a mention
    of at least one of them.
    """

    start: int
    end: int
    first: tuple[Span, ...]
    second: tuple[Span, ...]
    first_says: tuple[Span, ...]
    second_says: tuple[Span, ...]


def meetings(
    sentences: Iterable[Span],
    mentions: Iterable[tuple[int, int, str]],
    said: Iterable[tuple[str, Iterable[Span]]],
) -> Iterator[tuple[str, str, Meeting]]:
    """The meetings of a Doc, with the two actors, sentence by sentence.

    Args:
        sentences: (start, end) of each.
        mentions: (start, end, actor) of each, pronouns and descriptions too.
        said: of each quote its speaker, as an actor, and the spans of its content.
    """
    mentions, said = list(mentions), [(speaker, list(spans)) for speaker, spans in said]
    for start, end in sentences:
        named, says = defaultdict(list), defaultdict(list)
        for a, b, actor in mentions:
            if start <= a and b <= end:
                named[actor].append((a, b))
        for speaker, spans in said:
            says[speaker] += [(max(a, start), min(b, end)) for a, b in spans if a < end and start < b]
        actors = {*named, *(speaker for speaker, spans in says.items() if spans)}
        order = sorted(actors, key=lambda actor: (min(named.get(actor, [(-1, 0)])), actor))
        for n, one in enumerate(order):
            for other in order[n + 1 :]:
                if one in named or other in named:
                    spans = named.get(one), named.get(other), says.get(one), says.get(other)
                    yield one, other, Meeting(start, end, *(tuple(some or ()) for some in spans))
