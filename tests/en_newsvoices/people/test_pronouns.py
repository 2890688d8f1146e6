import spacy
from spacy.tokens import Doc

from en_newsvoices.people import pronouns
from en_newsvoices.people.name_chains import Chain, Mention
from en_newsvoices.people.pronouns import DiscourseModel, candidates, choose

WORDS = "Edda Marlow met Goran Vasht . She left and he slept".split()
HEADS = [1, 2, 2, 4, 2, 2, 7, 7, 10, 10, 7]
DEPS = "compound nsubj ROOT compound obj punct nsubj ROOT cc nsubj conj".split()


def discourse(*quoted: int, **genders: str) -> DiscourseModel:
    starts = [i in (0, 6) for i in range(len(WORDS))]
    doc = Doc(spacy.blank("en").vocab, words=WORDS, heads=HEADS, deps=DEPS, sent_starts=starts)
    chains = [
        Chain("PERSON", mentions=[Mention(0, 2, "name", "PERSON")], gender=genders.get("edda", "")),
        Chain("PERSON", mentions=[Mention(3, 5, "name", "PERSON")], gender=genders.get("goran", "")),
        Chain("ORG", mentions=[Mention(2, 3, "name", "ORG")]),
    ]
    for chain, name in zip(chains, ("Edda", "Goran", "Courier"), strict=True):
        chain.names[name,] += 1
    return DiscourseModel(doc, chains, [i in quoted for i in range(len(doc))], [None] * len(doc))


def test_a_pronoun_means_nobody_of_the_other_gender():
    model = discourse(edda="f", goran="m")
    assert choose(model, model.doc[6], "f").name == "Edda"
    assert choose(model, model.doc[9], "m").name == "Goran"


def test_organisations_and_who_comes_later_are_no_candidates():
    model = discourse()
    assert {chain.name for chain, _ in candidates(model, model.doc[6], "f")} == {"Edda", "Goran"}
    assert candidates(model, model.doc[2], "f")[0][0].name == "Edda"


def test_what_stands_in_quotation_marks_is_no_candidate_for_a_pronoun_outside():
    model = discourse(0, 1)
    assert [chain.name for chain, _ in candidates(model, model.doc[6], "f")] == ["Goran"]


def test_nobody_is_chosen_where_nobody_stands():
    model = discourse()
    assert choose(model, model.doc[0], "f") is None


def test_who_was_last_mentioned_long_ago_is_no_candidate(monkeypatch):
    monkeypatch.setattr(pronouns, "REACH", 3)
    model = discourse()
    assert [chain.name for chain, _ in candidates(model, model.doc[6], "m")] == ["Goran"]
