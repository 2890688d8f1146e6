"""Which actors meet in which sentence: both named in it, or one says something in it that names the other."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from ..text.offsets import covering

LONGEST = 120  # tokens of a sentence that are read
MOST = 12  # actors of a sentence whose meetings are read: a list of names says nothing of any two of them

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
        sentences: (start, end) of each, in the order of the text.
        mentions: (start, end, actor) of each, pronouns and descriptions too.
        said: of each quote its speaker, as an actor, and the spans of its content.

    Limitation: of a sentence only the first LONGEST tokens are read, and of the actors in it the first MOST.
    """
    bounds = [(start, min(end, start + LONGEST)) for start, end in sentences]
    starts = [start for start, _ in bounds]
    named, says = ([defaultdict(list) for _ in bounds] for _ in range(2))
    for start, end, actor in sorted(mentions):
        number = bisect_right(starts, start) - 1
        if number >= 0 and end <= bounds[number][1]:
            named[number][actor].append((start, end))
    for speaker, spans in said:
        for start, end in spans:
            for number in range(*covering(starts, start, end)):
                begin, after = max(start, bounds[number][0]), min(end, bounds[number][1])
                if begin < after:
                    says[number][speaker].append((begin, after))
    for bound, here, spoken in zip(bounds, named, says, strict=True):
        order = sorted(
            {*here, *spoken}, key=lambda actor: (here[actor][0] if actor in here else (-1, -1), actor)
        )
        for one, other in combinations(order[:MOST], 2):
            if one in here or other in here:
                spans = here.get(one), here.get(other), spoken.get(one), spoken.get(other)
                yield one, other, Meeting(*bound, *(tuple(some or ()) for some in spans))
