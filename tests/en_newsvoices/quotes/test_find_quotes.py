import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

from en_newsvoices.quotes import find_quotes
from en_newsvoices.quotes.speakers import speakers
from newsvoices import load_pipeline, tables

NLP = spacy.blank("en")


def doc_with(text: str, *attributions: dict[str, list[str]]) -> Doc:
    """A Doc whose attributions are given by their words; each part's words are looked for from the text's start."""
    doc = NLP(text)
    doc.set_ents([])
    spans = []
    for number, parts in enumerate(attributions):
        for label, pieces in parts.items():
            for piece in pieces:
                start = text.index(piece)
                found = doc.char_span(start, start + len(piece), alignment_mode="expand")
                spans.append(Span(doc, found.start, found.end, label=label, span_id=str(number)))
    doc.spans["attributions"] = spans
    return doc


def attribute(doc: Doc, **parts: Span) -> None:
    """Adds one attribution to those of the Doc."""
    spans = list(doc.spans.get("attributions", ()))
    number = str(len({span.id_ for span in spans}))
    spans += [Span(doc, s.start, s.end, label=label, span_id=number) for label, s in parts.items()]
    doc.spans["attributions"] = spans


def quotes(doc: Doc):
    """The table of what the two components find."""
    return tables.quotes(speakers(find_quotes.quotes(doc)))


def rows(doc: Doc) -> list[dict]:
    table = quotes(doc)
    for row in table.itertuples():
        pieces = [tuple(map(int, span.split("-"))) for span in row.spans.split(";")]
        assert row.text == " ".join(doc.text[start:end] for start, end in pieces)
        assert (row.start, row.end) == (pieces[0][0], pieces[-1][1])
        if row.speaker:
            assert doc.text[row.speaker_start : row.speaker_end] == row.speaker
    return table.to_dict("records")


def test_a_direct_quote_fills_its_marks_and_leaves_them_out():
    doc = doc_with(
        "“We go. Now,” said Maren.", {"content": ["“We go. Now,”"], "cue": ["said"], "source": ["Maren"]}
    )
    (row,) = rows(doc)
    assert (row["kind"], row["text"], row["cue"], row["speaker"]) == (
        "direct",
        "We go. Now,",
        "said",
        "Maren",
    )


def test_an_interrupted_quote_is_one_quote_in_pieces():
    doc = doc_with(
        "“We go,” said Maren. “And we stay gone.”",
        {"content": ["“We go,”"], "cue": ["said"], "source": ["Maren"]},
    )
    (row,) = rows(doc)
    assert row["text"] == "We go, And we stay gone."
    assert row["spans"] == "1-7;22-39"


def test_a_clause_with_some_quoted_words_is_mixed():
    doc = doc_with(
        "Maren said that the plan was “a farce” from the start.",
        {"content": ["that the plan was “a farce” from the start"], "cue": ["said"], "source": ["Maren"]},
    )
    (row,) = rows(doc)
    assert (row["kind"], row["text"]) == ("mixed", "the plan was “a farce” from the start")


def test_content_that_runs_into_a_quotation_ends_with_it():
    doc = doc_with(
        "Maren said the aim was to win “by closing its two roads.”",
        {"content": ["the aim was to win “by closing"], "cue": ["said"], "source": ["Maren"]},
    )
    (row,) = rows(doc)
    assert (row["kind"], row["text"]) == ("mixed", "the aim was to win “by closing its two roads.”")


def test_a_floating_paragraph_continues_the_last_speaker():
    doc = doc_with(
        "“We go,” said Maren.\n\n“The road is long and it is open.”",
        {"content": ["“We go,”"], "cue": ["said"], "source": ["Maren"]},
    )
    first, second = rows(doc)
    assert (second["speaker"], second["how"]) == ("", "floating, continues previous speaker")
    assert second["speaker_type"] == first["speaker_type"] != "none"


def test_a_quote_over_paragraphs_is_one_quote():
    doc = doc_with(
        "“We go,” said Maren. “The road is long.\n\n“It is open.”",
        {"content": ["“We go,”"], "cue": ["said"], "source": ["Maren"]},
    )
    (row,) = rows(doc)
    assert row["text"] == "We go, The road is long. It is open."


def parsed(words: str, **verbs: str) -> Doc:
    """A Doc of these words, each verb with its subject; the attribution is that Maren said what is in double marks."""
    tokens = words.split()
    root = tokens.index(next(iter(verbs)))
    heads, deps, pos = [root] * len(tokens), ["dep"] * len(tokens), ["X"] * len(tokens)
    for verb, subject in verbs.items():
        pos[tokens.index(verb)] = "VERB"
        heads[tokens.index(subject)], deps[tokens.index(subject)] = tokens.index(verb), "nsubj"
    spaces = [a not in "“‘" and b not in "”’,?" for a, b in zip(tokens, [*tokens[1:], ""], strict=True)]
    doc = Doc(
        NLP.vocab,
        words=tokens,
        spaces=spaces,
        heads=heads,
        deps=deps,
        pos=pos,
        lemmas=[t.lower() for t in tokens],
    )
    first, last = tokens.index("“"), tokens.index("”")
    parts = {"content": doc[first : last + 1], "cue": doc[last + 1 : last + 2], "source": doc[-1:]}
    doc.spans["attributions"] = [
        Span(doc, s.start, s.end, label=label, span_id="0") for label, s in parts.items()
    ]
    return doc


def test_a_quotation_within_a_quotation_has_its_own_speaker():
    doc = parsed("“ A soldier asked me , ‘ Which four ? ’ and I wept ” said Maren", asked="soldier")
    outer, inner = rows(doc)
    assert (outer["speaker"], inner["speaker"], inner["cue"]) == ("Maren", "soldier", "asked")
    assert (inner["text"], inner["kind"]) == ("Which four?", "direct")
    assert inner["how"] == "in marks within a quote"


def test_words_in_marks_that_nobody_says_are_no_quote_within_a_quote():
    assert len(rows(parsed("“ A soldier wants ‘ order ’ and bread ” said Maren", wants="soldier"))) == 1
    assert len(rows(parsed("“ A soldier called it ‘ home ’ once ” said Maren", called="soldier"))) == 1
    assert len(rows(parsed("“ A soldier spoke of ‘ home ’ once ” said Maren", spoke="soldier"))) == 1


def test_what_somebody_is_said_to_want_is_theirs_too_where_it_has_words_in_marks():
    words = "Two officials said Maren wants a “ clean ” start".split()
    doc = Doc(
        NLP.vocab,
        words=words,
        spaces=[word != "“" and after != "”" for word, after in zip(words, [*words[1:], ""], strict=True)],
        heads=[1, 2, 2, 4, 2, 9, 9, 9, 9, 4],
        deps=["dep", "nsubj", "ROOT", "nsubj", "ccomp", "det", "punct", "amod", "punct", "obj"],
        pos=["NUM", "NOUN", "VERB", "PROPN", "VERB", "DET", "PUNCT", "ADJ", "PUNCT", "NOUN"],
        lemmas=["two", "official", "say", "Maren", "want", "a", "“", "clean", "”", "start"],
    )
    attribute(doc, source=doc[:2], cue=doc[2:3], content=doc[3:])
    outer, inner = rows(doc)
    assert (outer["text"], outer["speaker"]) == ("Maren wants a “clean” start", "Two officials")
    assert (inner["text"], inner["cue"], inner["speaker"]) == ("a “clean” start", "wants", "Maren")
    assert inner["kind"] == "mixed"
    attribute(doc, source=doc[3:4], cue=doc[4:5], content=doc[5:])
    assert len(rows(doc)) == 2  # it is a quote already


def test_a_headline_that_quotes_the_article_is_a_quote():
    text = "‘NOT A STATE’: rebels scoff at ‘peace’\n\n“A status is not a state,” said Maren."
    said = {"content": ["“A status is not a state,”"], "cue": ["said"], "source": ["Maren"]}
    headline, quote = rows(doc_with(text, said))
    assert (headline["text"], headline["kind"], headline["speaker"]) == ("NOT A STATE", "direct", "")
    assert headline["speaker_type"] == quote["speaker_type"] != "none"
    assert quote["speaker"] == "Maren"


def test_what_a_reporter_adds_to_a_quotation_is_not_said():
    text = "Maren said the Front would “talk to bakers”, an allusion to the ovens of Kell."
    content = "the Front would “talk to bakers”, an allusion to the ovens of Kell"
    (row,) = rows(doc_with(text, {"content": [content], "cue": ["said"], "source": ["Maren"]}))
    assert (row["text"], row["kind"]) == ("the Front would “talk to bakers”", "mixed")

    text = 'Maren blasted Halvia as "the landlady" - his name for the army.'
    content = 'Halvia as "the landlady" - his name for the army'
    (row,) = rows(doc_with(text, {"content": [content], "cue": ["blasted"], "source": ["Maren"]}))
    assert row["text"] == 'Halvia as "the landlady"'
    text = "It lays down that Tresk “keeps its police”, under a “status” which no line of it explains."
    content = "that Tresk “keeps its police”, under a “status” which no line of it explains"
    (row,) = rows(doc_with(text, {"content": [content], "cue": ["lays down"], "source": ["It"]}))
    assert row["text"] == "Tresk “keeps its police”, under a “status”"


def test_a_headline_says_nothing_by_itself():
    text = "RUDEK QUITS: minister walks - but ‘the guns stay’\n\nMaren said the road was closed."
    content = "minister walks - but ‘the guns stay’"
    assert rows(doc_with(text, {"content": [content], "cue": ["QUITS:"], "source": ["RUDEK"]})) == []
    text = "Town drowned as dam is blown by one who ‘knew the valve’\n\nMaren said the road was closed."
    content = "as dam is blown by one who ‘knew the valve’"
    assert rows(doc_with(text, {"content": [content], "cue": ["drowned"]})) == []
    paragraph = text.replace("\n", ".\n", 1)
    assert len(rows(doc_with(paragraph, {"content": [content], "cue": ["drowned"]}))) == 1


def test_a_sentence_after_a_closed_quotation_is_not_said():
    text = "“Halvia,” said Maren, “can live with it.” He hopes to go home."
    content = ["“Halvia,”", "“can live with it.” He hopes to go home"]
    (row,) = rows(doc_with(text, {"content": content, "cue": ["said"], "source": ["Maren"]}))
    assert (row["text"], row["kind"]) == ("Halvia, can live with it.", "direct")


def test_who_speaks_within_a_quotation_does_not_say_the_next_paragraph():
    text = "“He says: ‘Who pays?’ I cannot tell him.\n\n“When I can, he will come,” said Maren."
    content = ["‘Who pays?’", "“When I can, he will come,”"]
    outer, inner, *rest = rows(doc_with(text, {"content": content, "cue": ["says"], "source": ["He"]}))
    assert (inner["text"], inner["speaker"]) == ("‘Who pays?’", "He")
    assert outer["text"].endswith("I cannot tell him. When I can, he will come,")
    assert not rest


def test_a_second_verb_with_a_clause_of_its_own_is_a_second_quote():
    words = "It says both must go and provides that observers stay".split()
    doc = Doc(
        NLP.vocab,
        words=words,
        heads=[1, 1, 4, 4, 1, 6, 4, 9, 9, 6],
        deps=["nsubj", "ROOT", "nsubj", "aux", "ccomp", "cc", "conj", "mark", "nsubj", "ccomp"],
        tags=["PRP", "VBZ", "DT", "MD", "VB", "CC", "VBZ", "IN", "NNS", "VBP"],
    )
    attribute(doc, source=doc[:1], cue=doc[1:2], content=doc[2:])
    first, second = rows(doc)
    assert (first["cue"], first["text"]) == ("says", "both must go")
    assert (second["cue"], second["text"], second["speaker"]) == ("provides", "observers stay", "It")


def test_a_quotation_after_a_colon_is_a_quote_of_its_own():
    text = "Maren denied having met him: “I would have brought a pen.”"
    said = {
        "content": ["having met him: “I would have brought a pen.”"], "cue": ["denied"], "source": ["Maren"],
    }  # fmt: skip
    indirect, direct = rows(doc_with(text, said))
    assert (indirect["text"], indirect["kind"]) == ("having met him", "indirect")
    assert (direct["text"], direct["kind"], direct["speaker"]) == (
        "I would have brought a pen.", "direct", "Maren",
    )  # fmt: skip


def test_scare_quotes_and_titles_are_no_quotes():
    assert rows(doc_with("The “power centres” were in “A Song of Ice and Fire” country.")) == []


def test_a_quotation_with_nobody_to_speak_it_stays():
    (row,) = rows(doc_with("“Nobody owns these words at all.”"))
    assert (row["speaker"], row["speaker_type"], row["kind"]) == ("", "none", "direct")


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab .,\n“”‘’\"'«»`\u200b\u200f\u202e", max_size=60))
def test_any_text_gives_rows_that_are_true_to_it(text):
    rows(doc_with(text))


def test_an_attribution_that_loses_its_quotation_to_the_verb_beside_the_marks_is_no_quote():
    text = "Vera Kohl objected. “It will float,” Jon Marsh said."
    doc = load_pipeline()(text)

    def part(words, role):
        found = doc.char_span(text.index(words), text.index(words) + len(words))
        return Span(doc, found.start, found.end, label=role, span_id="0")

    doc.spans["attributions"] = [
        part("Vera Kohl", "source"),
        part("objected", "cue"),
        part("It will float", "content"),
    ]
    (quote,) = find_quotes.quotes(doc)._.quotes
    assert [text[slice(*quote[end])] for end in ("voice", "cue")] == ["Jon Marsh", "said"]
