"""Quotations that no attribution covers: they go on with another quote, stand alone, or are words in marks only."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from spacy.tokens import Span

from ..lexicon import words
from ..people.mentions import entities_in
from ..syntax import SUBJECT, is_noun, is_verb
from ..text.quotation_marks import Quotation
from .attributed import distance, title_end, without
from .embedded_reports import introduced_by
from .quote_spans import MarkedText, Quote, without_edges

LINE = 200  # characters before a quotation that tell whether a sentence ends there
TAG = 16  # tokens at most from a quotation to its verb of speech
BESIDE = "verb of speech beside the marks"
SPEECH_WORDS = 4  # fewer quoted words that nobody is said to use are scare quotes
ENDS_SENTENCE = re.compile(r"[.!?…][\"”’')\]]*\s*$|^\s*$|\n\s*$")
LABELLED = re.compile(r"[^.!?:“”\"\n]{3,80}:\s*")
PARAGRAPH_ENDS = re.compile(r"[^\w\n]*(\n|$)")
SPOKE_SO = re.compile(
    r"\W{0,2}\s+(?:(?:So|Thus) (?:spoke|said|says|wrote) |(?:Those|These) (?:are|were) the words of )(?=[^\W\d_a-z])"
    r"|\W{0,2}\s+[—–-]{1,2}\s*(?=[^\W\d_a-z][\w.’'-]+ [^\W\d_a-z])"
)


def unattributed_quotes(
    page: MarkedText, owner: dict[int, Quote], unspoken: set[int], known: list[Quote]
) -> list[Quote]:
    """New quotes for the quotations that have no `owner`; those that go on with a quote are added to it.

    `owner` is the quote of each quotation by number, and is filled up; `unspoken` are quotations of nobody; `known`
    are all quotes so far.
    """
    told = sorted(
        (quote.speaker.start_char, n, quote) for n, quote in enumerate(known) if quote.speaker is not None
    )
    found, cues = [], {token.i for quote in owner.values() if quote.cue is not None for token in quote.cue}
    reported = {token.i for quote in known if quote.cue is not None for token in quote.cue}
    for number, quotation in enumerate(page.quotations):
        own = owner.get(number)
        if own and (tag := _tag_inside(page, quotation, own, reported)):
            owner[number] = _told_again(page, number, own, tag)
            found.append(owner[number])
            continue
        if number in unspoken or own and (own.cue is None or not distance(page, quotation, own)[0]):
            continue
        ended = page.text[quotation.end - 1] == "."  # a verb behind it may report what follows
        tag = _tag_after(page, quotation, reported if ended else cues)
        if tag is None and not own:
            tag = _tag_before(page, quotation, cues)
        if tag:
            if own:
                without(page, own, number)
            owner[number] = Quote([quotation[:2]], *tag, how=BESIDE, marked=[number])
            found.append(owner[number])
        elif not own:
            quote, is_new = _quote_of(page, number, owner.get(number - 1), told)
            if quote is not None:
                owner[number] = quote
                found += [quote] if is_new else []
    return found


def _quote_of(
    page: MarkedText, number: int, previous: Quote | None, told: list[tuple[int, int, Quote]]
) -> tuple[Quote | None, bool]:
    """The quote that a quotation belongs to, and whether it is a new one; (None, False) for scare quotes and titles.

    `previous` is the quote of the quotation before it, `told` all quotes by where their speaker stands.
    """
    text, quotation = page.text, page.quotations[number]
    piece = (quotation.start, quotation.end)
    before = page.quotations[number - 1] if previous else quotation
    gap = text[before.end : quotation.start]
    same_line = previous and "\n" not in gap
    interrupted = same_line and previous.cue and before.end <= previous.cue.start_char < quotation.start
    paragraphs = previous and not before.closed and "\n" in gap and not re.search(r"\w", gap)
    if (interrupted and _ends_sentence(gap)) or paragraphs:
        previous.pieces.append(piece)
        previous.marked.append(number)
        return previous, False
    spoken = text[quotation.start : quotation.end]
    if speaker := _named_after(page, quotation.after):
        return Quote([piece], speaker=speaker, how="named in the next sentence", marked=[number]), True
    if len(re.findall(r"\w+", spoken)) < SPEECH_WORDS or _is_title(spoken):
        return None, False
    line = text[max(text.rfind("\n", 0, quotation.start) + 1, quotation.start - LINE) : quotation.start]
    if previous and _ends_sentence(line) and gap.count("\n") <= 2:
        how = "floating, continues previous speaker"
        return Quote([piece], how=how, continues=previous, marked=[number]), True
    if speaker := _named_before(page, quotation.before):
        return Quote([piece], speaker=speaker, how="named before a colon", marked=[number]), True
    if said := _paraphrase_before(page, quotation, told):
        how = "floating, continues the paragraph before"
        return Quote([piece], how=how, continues=said, marked=[number]), True
    return Quote([piece], how="in marks, no cue", marked=[number]), True


def _named_before(page: MarkedText, at: int) -> Span | None:
    """Who is named alone between the beginning of a line and a colon: Shepherd Marek Sivic, from Orrin Pass: “…”."""
    start = page.text.rfind("\n", 0, at) + 1
    words = (
        page.doc.char_span(start, at, alignment_mode="contract")
        if LABELLED.fullmatch(page.text, start, at)
        else None
    )
    people = [ent for ent in entities_in(words) if ent.label_ == "PERSON"] if words is not None else []
    if len(people) != 1 or any(map(is_verb, words[: people[0].end - words.start])):
        return None
    return page.doc[words.start : people[0].end]


def _paraphrase_before(
    page: MarkedText, quotation: Quotation, told: list[tuple[int, int, Quote]]
) -> Quote | None:
    """The last quote of the paragraph before one that is nothing but a quotation: “He wrote to me.” after She misses her son."""
    text, begin = page.text, page.text.rfind("\n", 0, quotation.start) + 1
    if text[begin : quotation.before].strip() or not PARAGRAPH_ENDS.match(text, quotation.after):
        return None
    end = begin
    while end and text[end - 1].isspace():
        end -= 1
    first = bisect_left(told, (text.rfind("\n", 0, end) + 1, -1))
    last = bisect_left(told, (end, -1))
    return max((quote for _, _, quote in told[first:last]), key=lambda quote: max(quote.pieces), default=None)


def _tag_after(page: MarkedText, quotation: Quotation, cues: set[int]) -> tuple[Span, Span] | None:
    """The verb of speech right behind a quotation, no cue yet, and its subject: “…” asked Jon Marsh; “…” Marsh said."""
    doc = page.doc
    short = len(re.findall(r"\w+", page.text[quotation.start : quotation.end])) < SPEECH_WORDS
    ends = page.text[quotation.end - 1] in ",.?!…"
    if not ends and (short or page.text[quotation.after : quotation.after + 1] != ","):
        return None
    first = doc.char_span(quotation.after - 1, quotation.after, alignment_mode="expand").end
    for token in doc[first : first + TAG]:
        if token.is_sent_end and token.i > first or "\n" in token.text or page.inside[token.idx]:
            return None
        if is_verb(token) and token.lemma_.lower() in words("speech verb"):
            subject = next(
                (c for c in token.children if c.dep_ in SUBJECT and is_noun(c) and c.i >= first), None
            )
            if token.i in cues or subject is None or subject.i > token.i > first:
                return None
            span = doc[max(subject.left_edge.i, first) : subject.right_edge.i + 1]
            return doc[token.i : token.i + 1], without_edges(span)
    return None


def _tag_inside(
    page: MarkedText, quotation: Quotation, quote: Quote, cues: set[int]
) -> tuple[Span, Span] | None:
    """The tag behind a quotation that the quote itself reports: “…,” she said, according to a clerk."""
    ends = [end for start, end in quote.pieces if start <= quotation.start and quotation.after < end]
    tag = _tag_after(page, quotation, cues) if ends and quote.cue is not None else None
    return tag if tag and tag[0].end_char <= ends[0] <= quote.cue.start_char else None


def _told_again(page: MarkedText, number: int, told: Quote, tag: tuple[Span, Span]) -> Quote:
    """The quote of whom `told` reports; the quotations behind the report are theirs too."""
    behind = [n for n in told.marked if page.quotations[n].start >= told.cue.end_char]
    for n in behind:
        without(page, told, n)
    spoken = [number, *behind]
    return Quote([page.quotations[n][:2] for n in spoken], *tag, how=BESIDE, marked=spoken)


def _tag_before(page: MarkedText, quotation: Quotation, cues: set[int]) -> tuple[Span, Span] | None:
    """The verb of speech before a quotation's comma or colon, no cue yet, and its subject: Marsh said, “…”."""
    verb, subject = introduced_by(page.doc, quotation) or (None, None)
    if (
        subject is None
        or verb.start in cues
        or page.text[quotation.before - 3 : quotation.before].rstrip()[-1:] not in (",", ":")
    ):
        return None
    return (verb, without_edges(subject)) if verb.root.lemma_.lower() in words("speech verb") else None


def _named_after(page: MarkedText, at: int) -> Span | None:
    """Who the next sentence says has spoken so: "So spoke Edda Lind"."""
    match = SPOKE_SO.match(page.text, at - 1)
    if match is None:
        return None
    name = page.doc.char_span(match.end(), match.end() + 1, alignment_mode="expand")[0]
    end = name.i + 1
    while end < len(page.doc) and (page.doc[end].ent_iob_ == "I" or page.doc[end].tag_ == "NNP"):
        end += 1
    return page.doc[name.i : end]


def _ends_sentence(text: str) -> bool:
    return bool(ENDS_SENTENCE.search(text.rstrip("\"“„«‘'` ")))


def _is_title(text: str) -> bool:
    long = [word for word in re.findall(r"\w+", text) if len(word) > 3]
    return (
        text.rstrip(",.")[-1:].isalnum()
        and bool(long)
        and all(word[0].isupper() or word.isdigit() for word in long)
    )


def headline_quotes(page: MarkedText, owner: dict[int, Quote], found: list[Quote]) -> Iterator[Quote]:
    """New quotes for quotations in the first line whose words a quote of the article has; its speaker says them too.

    One that is a quote already, of nobody, gets that speaker.
    """
    title = title_end(page)
    spoken = [
        (_plain(" ".join(page.text[start:end] for start, end in quote.pieces)), quote)
        for quote in found
        if min(quote.pieces)[0] >= title
    ]
    for number in page.between(0, title):
        quotation, own = page.quotations[number], owner.get(number)
        if own is not None and (own.cue is not None or own.source() is not None):
            continue
        words = _plain(page.text[quotation.start : quotation.end])
        whose = [quote for text, quote in spoken if words in text] if words.count(" ") > 2 else []
        if whose:
            quote = own or Quote([(quotation.start, quotation.end)], marked=[number])
            quote.continues = next((one for one in whose if one.source() is not None), whose[0])
            quote.how = "headline, words of a quote"
            yield from () if own else (quote,)


def _plain(text: str) -> str:
    return " ".join(["", *re.findall(r"[^\W_]+", text.lower()), ""])
