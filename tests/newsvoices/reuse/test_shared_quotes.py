from dataclasses import replace
from itertools import combinations

import pytest

from newsvoices import quote_items, shared_quotes


@pytest.fixture(scope="module")
def pairs(gold_tables):
    return shared_quotes(gold_tables)


def test_the_planted_quotes_are_found_and_no_false_pair(gold_tables, planted, pairs):
    quotes = planted[planted["kind"] == "shared_quote"]
    outlet = gold_tables.quotes.set_index("quote_id")["article_id"].str.split("/").str[0]
    true, verbatim = set(), set()
    for _, item in quotes.groupby("item"):
        for one, two in combinations(sorted(zip(item["quote_id"], item["form"], strict=True)), 2):
            if outlet[one[0]] != outlet[two[0]]:
                true.add((one[0], two[0]))
                if "indirect" not in (one[1], two[1]):
                    verbatim.add((one[0], two[0]))
    found = {tuple(sorted(pair)) for pair in zip(pairs["quote"], pairs["other"], strict=True)}
    # two halves of one sentence have no words in common but those around the cut
    halves = {("courier/2024-03-05-two-tables#1", "lantern/2024-03-05-table-war#7")}
    assert verbatim - found == halves
    # the same clause, once whole and once as the quote within it, in a wire copy: true, though not in the list
    copy, original = "lantern/2024-03-12-guns-go-silent", "meridian/2024-03-11-ceasefire-agreed"
    assert found - true == {(f"{copy}#10", f"{original}#9"), (f"{copy}#9", f"{original}#10")}


def test_all_that_prints_the_same_words_is_one_item(gold_tables, planted, pairs):
    items = quote_items(gold_tables, pairs=pairs).set_index("quote_id")["item"]
    quotes = planted[(planted["kind"] == "shared_quote") & (planted["form"] != "indirect")]
    assert (quotes.assign(found=quotes["quote_id"].map(items)).groupby("item")["found"].nunique() == 1).all()


def test_a_row_says_who_cut_and_who_turned_it_into_indirect_speech(pairs):
    row = pairs[pairs["quote"].str.startswith("meridian/2024-03-11") & (pairs["other_kind"] == "indirect")]
    vasht = row[row["kind"] == "direct"].iloc[0]
    assert (vasht["cut"], vasht["added"]) == ("my men will … is", "they would … for … was")
    assert (vasht["date"], vasht["other_date"]) == ("2024-03-11", "2024-03-12")
    assert vasht["other_speaker"].startswith("Goran Vasht, the commander")


def tables_with(small, *quotes, days=("2024-03-01", "2024-03-02")):
    articles = [
        (f"{o}{i}", o, day, "“The sky”, she said.") for i in (0, 1) for o, day in zip("AB", days, strict=True)
    ]
    return small(articles, quotes=[dict(quote) for quote in quotes])


def quote(article_id, text, **more):
    return {"article_id": article_id, "text": text, **more}


def test_names_short_fragments_and_one_outlet_make_no_pair(small):
    name = [{"article_id": "A0", "text": "Northern Seas Council", "kind": "name"}]
    tables = tables_with(
        small, quote("A0", "the Northern Seas Council"), quote("B0", "the Northern Seas Council")
    )
    assert len(shared_quotes(tables)) == 1
    named = replace(tables, mentions=small([], mentions=name).mentions)
    assert shared_quotes(named).empty
    assert shared_quotes(
        tables_with(small, quote("A0", "we go now at once"), quote("A1", "we go now at once"))
    ).empty
    apart = tables_with(
        small, quote("A0", "not a state"), quote("B0", "not a state"), days=("2024-03-01", "2024-03-04")
    )
    assert shared_quotes(apart).empty


def test_days_apart_and_missing_dates(small):
    same = quote("A0", "the ink will speak for itself"), quote("B0", "the ink will speak for itself")
    assert shared_quotes(tables_with(small, *same, days=("2024-03-01", "2024-04-01"))).empty
    assert len(shared_quotes(tables_with(small, *same, days=("2024-03-01", "2024-04-01")), days=40)) == 1
    assert len(shared_quotes(tables_with(small, *same, days=("", "2024-04-01")))) == 1


def test_dates_of_another_form_are_refused(small):
    same = quote("A0", "the ink will speak for itself"), quote("B0", "the ink will speak for itself")
    with pytest.raises(ValueError, match=r"YYYY-MM-DD, .* '25/01/2024' \(A0\)"):
        shared_quotes(tables_with(small, *same, days=("25/01/2024", "05/02/2024")))


def test_indirect_speech_needs_the_same_actor(small):
    texts = (
        "my men will hold their fire as long as the sky is empty",
        "they would hold their fire as long as it was",
    )
    for actor, n in (("Vasht", 1), ("Dost", 0)):
        rows = quote("A0", texts[0], actor="Vasht"), quote("B0", texts[1], actor=actor, kind="indirect")
        assert len(shared_quotes(tables_with(small, *rows))) == n


def test_quotes_alone_are_items_of_their_own_in_order_of_time(small):
    tables = tables_with(small, quote("B0", "late words said"), quote("A0", "early words said here"))
    items = quote_items(tables, pairs=shared_quotes(tables))
    assert items[["text", "item", "outlets"]].to_numpy().tolist() == [
        ["early words said here", 1, 1],
        ["late words said", 2, 1],
    ]


def test_no_quotes_give_an_empty_table_with_columns(small):
    pairs = shared_quotes(tables_with(small))
    assert pairs.empty
    assert {"quote", "other", "share", "cut"} <= set(pairs.columns)
