"""Sentences made up of words of praise and blame, for the reader of stances: annotated ones hold too few of these words.

Each says which of its names is for or against which other; any other two are neither. The words stand in
../stance_words.csv; the frames below put them in the active and the passive, in quotes, behind nouns, negated, denied, and
with a third name. Names are real first names with surnames of syllables, titles, parties and states.
"""

import csv
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from news_noise import SYLLABLES

from en_newsvoices.lexicon import rows

WORDS = Path(__file__).parents[1] / "stance_words.csv"
GROUPS = (
    "Republicans|Democrats|Congress|the White House|the Pentagon|the Senate|the Supreme Court|the FBI|the Justice Department|"
    "Russia|China|Iran|Israel|Germany|France|Turkey|Mexico|Ukraine|the European Union|the United Nations|NATO|Greenpeace|"
    "Facebook|Google|Planned Parenthood|the NRA|the Tea Party|Hamas|the Taliban|the ACLU|Goldman Sachs|the GOP|"
    "Syria|Hezbollah|Saudi Arabia|Sudan|Ethiopia|Serbia|Venezuela|India|Pakistan|the African Union|Boko Haram|the PKK|"
    "the Red Cross|Islamic State|Amnesty International"
).split("|")
PLACES = (
    "Geneva|Aleppo|Basra|Kabul|Nairobi|Lagos|Kyiv|Manila|Damascus|Mosul|Belgrade|Tripoli|Khartoum|Caracas|Vienna|Texas|"
    "Gaza|Crimea|Darfur|Kashmir|Idlib|Brussels|Moscow|Tehran|Iowa|Ohio|Baghdad|Sarajevo"
).split("|")
TITLES = (
    "Senator|Sen.|President|Governor|Gov.|Rep.|Mayor|Secretary of State|Speaker|Judge|Minister|former President|"
    "Foreign Minister|rebel leader|General|government spokesman|opposition leader|Ambassador|Prime Minister"
).split("|")
TAILS = (
    "||| on Tuesday| in a speech| during the debate| over the war| over the budget| after the vote| at a rally in Iowa|"
    " in an interview with CNN| for the way the crisis was handled|, according to two aides| last year| again"
).split("|")
PAST = {"take": "took taken", "stand": "stood stood", "hit": "hit hit", "throw": "threw thrown", "come": "came come",
        "break": "broke broken", "go": "went gone", "stick": "stuck stuck", "cast": "cast cast", "make": "made made",
        "cut": "cut cut", "fight": "fought fought", "hold": "held held", "send": "sent sent"}  # fmt: skip
DOUBLED = {"slam", "rip", "snub", "expel"}
SAYS = (
    "said|said|said|told reporters|tweeted|wrote|argued|declared|added|insisted|told a crowd in Ohio".split(
        "|"
    )
)
NEITHER = "neither"

# A frame is a text with X, Y, Z for names, P and Q for places and <…> for words, and the stances it says: "XY" that of the words, "XY-" against, …
FRAMES = (
    (6, "{X} <past> {Y}<tail>.", "XY"),
    (3, "{Y} was <passive> by {X}<tail>.", "XY"),
    (2, "{X} has repeatedly <part> {Y}<tail>.", "XY"),
    (2, "In a statement <ing> {Y}, {X} also spoke about taxes.", "XY"),
    (1, "{X}, who had <part> {Y} in 2012, lost the seat<tail>.", "XY"),
    (1, "Asked why he had <part> {Y}, {X} changed the subject.", "XY"),
    (2, "{X}’s <deed> {Y} surprised nobody.", "XY"),
    (1, "{X} stepped up his <deed> {Y}<tail>.", "XY"),
    (4, "{X} called {Y} <noun><tail>.", "XY"),
    (4, "“{Y} is <noun>,” {X} <says><tail>.", "XY"),
    (3, "“{Y} is <adjective>,” <say> {X}<tail>.", "XY"),
    (3, "{X} <says> that {Y} is <adjective>.", "XY"),
    (2, "{X} <says> that {Y} was <noun>.", "XY"),
    (2, "{X} described {Y} as <noun><tail>.", "XY"),
    (1, "According to {X}, {Y} is <noun>.", "XY"),
    (2, "“He is <noun>,” {X} said of {Y}<tail>.", "XY"),
    (6, "“<Clause>,” {X} <says><tail>.", "XY"),
    (4, "“<Clause>,” said {X}.", "XY"),
    (3, "{X} <says> that <clause>.", "XY"),
    (2, "{X} told reporters: “<Clause>.”", "XY"),
    (3, "{X} did not <base> {Y}<tail>.", ""),
    (2, "{X} has never <part> {Y}.", ""),
    (2, "It is not clear whether {X} will <base> {Y}.", ""),
    (2, "{X} declined to say whether he would <base> {Y}.", ""),
    (2, "{X} called attacks on {Y} <bad>.", "XY+"),
    (2, "{X} dismissed claims that {Y} is <worse>.", "XY+"),
    (2, "{X} denied that {Y} is <worse>.", "XY+"),
    (1, "“{Y} is not <worse>,” {X} <says>.", "XY+"),
    (1, "{X} said critics of {Y} are <bad>.", "XY+"),
    (2, "“{Y} is not <better>,” {X} <says>.", "XY-"),
    (1, "{X} doubts that {Y} is <better>.", "XY-"),
    (1, "{X} mocked the idea that {Y} is <better>.", "XY-"),
    (3, "{X} <praised> {Y} but <blamed> {Z}<tail>.", "XY+ XZ-"),
    (2, "{X} and {Y} <past> {Z}<tail>.", "XZ YZ"),
    (2, "{X} and {Y} <blamed> each other<tail>.", "XY- YX-"),
    (1, "{X} and {Y} <praised> each other<tail>.", "XY+ YX+"),
    (2, "{X} said that {Y} had <part> {Z}.", "YZ"),
    (2, "“<Clause>,” {X} said, while {Z} stayed silent.", "XY"),
    (1, "{X} met {Y} in Paris<tail>.", ""),
    (1, "{X} and {Y} attended the funeral<tail>.", ""),
    (1, "{X} succeeded {Y} as head of the committee.", ""),
    (1, "{X} spoke to {Y} about the plan<tail>.", ""),
    (2, "{X} <past> {Y} in {P}.", "XY"),
    (2, "Speaking in {P}, {X} <past> {Y}.", "XY"),
    (2, "In {P}, {X} <says> that {Y} is <adjective>.", "XY"),
    (2, "“<Clause>,” {X} said in {P}.", "XY"),
    (2, "“<Clause>,” said {X}, who lives in {P}.", "XY"),
    (2, "{X}, who grew up in {P}, said that {Y} would travel to {Q}.", ""),
    (2, "{X} said the fighting in {P} had cost a hundred lives since {Y} left.", ""),
    (2, "{X} and {Y} signed an accord for {P}<tail>.", ""),
    (1, "{X} flew from {P} to {Q} to meet {Y}.", ""),
    (1, "“It is cold in {P},” {X} <says>.", ""),
    (1, "“There is war in {P},” {X} told {Y}.", ""),
    (1, "{X} said that the shelling of {P} had begun before {Y} came.", ""),
    (1, "{X}, a spokesman of {Z}, said the airport of {P} was closed.", ""),
    (1, "{X} of {Z} said it had snowed in {P}.", ""),
    (1, "{X} and {Y} fought in {P}, and {Z} counted the dead.", "XY- YX-"),
    (1, "{X} accused {Y} of shelling {P}<tail>.", "XY-"),
    (1, "{X} thanked {Y} for the medicine that reached {P}.", "XY+"),
    (1, "{X} told {Y}: “<Clause-Z>.”", "XZ"),
    (1, "{X} said of {Y} that {Z} would speak next.", ""),
)  # fmt: skip


class Sentence(NamedTuple):
    """A text, and the sign of what one name says of another; any other two of its names are neither."""

    text: str
    names: list[str]
    signs: dict[tuple[str, str], int]


@cache
def words() -> dict[tuple[str, str], list[str]]:
    """By kind and sign."""
    with WORDS.open(encoding="utf-8") as file:
        return {(row["kind"], row["sign"]): row["words"].split("|") for row in csv.DictReader(file)}


def sentences(number: int, seed: int) -> Iterator[Sentence]:
    rng = random.Random(seed)
    for _, frame, stances in rng.choices(FRAMES, [weight for weight, *_ in FRAMES], k=number):
        sign = rng.choice(("for", "against", "against", NEITHER) if "lause" in frame else ("for", "against"))
        pool = [_person(rng) for _ in range(6)] + rng.sample(GROUPS, 3)
        names = dict(zip("XYZPQ", rng.sample(pool, 3) + rng.sample(PLACES, 2), strict=True))
        yield Sentence(
            _filled(frame, sign, names, rng),
            list(names.values()),
            {
                (names[one[0]], names[one[1]]): {"+": 1, "-": -1}.get(
                    one[2:], {"for": 1, "against": -1}.get(sign, 0)
                )
                for one in stances.split()
            },
        )


def _filled(frame: str, sign: str, names: dict[str, str], rng: random.Random) -> str:
    """The frame with words of this sign, and with the names, persons now and then behind a title."""
    pick = lambda kind, of=sign: rng.choice(words()[kind, of])  # noqa: E731
    verb = pick("verb") if sign != NEITHER else ""
    single = rng.choice([v for v in words()["verb", sign] if " " not in v]) if sign != NEITHER else ""
    clause = pick("clause") if "lause" in frame else ""
    slots = {
        "past": _past(verb, 0), "part": _past(verb, 1), "passive": _past(single, 1), "base": verb, "ing": _ing(verb),
        "praised": _past(pick("verb", "for"), 0), "blamed": _past(pick("verb", "against"), 0),
        "worse": pick(*rng.choice((("noun", "against"), ("adjective", "against")))),
        "better": pick(*rng.choice((("noun", "for"), ("adjective", "for")))), "bad": pick("adjective", "against"),
        "clause": clause, "Clause": _upper(clause), "Clause-Z": _upper(clause.replace("{Y}", "{Z}")), "tail": rng.choice(TAILS), "says": rng.choice(SAYS),
        "say": "said", **({kind: pick(kind) for kind in ("noun", "adjective", "deed")} if sign != NEITHER else {}),
    }  # fmt: skip
    for slot, value in slots.items():
        frame = frame.replace(f"<{slot}>", value)
    shown = {
        letter: f"{rng.choice(TITLES)} {name}"
        if " " in name and name not in GROUPS and rng.random() < 0.4
        else name
        for letter, name in names.items()
    }
    text = frame.format(**shown)
    return "“" + _upper(text[1:]) if text[0] == "“" else _upper(text)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _person(rng: random.Random) -> str:
    first = rng.choice([row["name"] for row in rows("first_names")])
    last = "".join(rng.choice(SYLLABLES[n > 0]) for n in range(rng.randint(2, 3))).capitalize()
    return f"{first} {last}"


def _past(verb: str, form: int) -> str:
    first, _, rest = verb.partition(" ")
    regular = (
        f"{first}d"
        if first.endswith("e")
        else f"{first[:-1]}ied"
        if first.endswith(("fy", "ny", "ly"))
        else f"{first}ed"
    )
    if first in DOUBLED:
        regular = f"{first}{first[-1]}ed"
    return f"{PAST[first].split()[form] if first in PAST else regular} {rest}".strip()


def _ing(verb: str) -> str:
    first, _, rest = verb.partition(" ")
    stem = first.removesuffix("e") + first[-1:] * (first in DOUBLED | {"hit", "cut"})
    return f"{stem}ing {rest}".strip()


if __name__ == "__main__":
    for sentence in sentences(30, 1):
        print(sentence.text, {f"{a} → {b}": sign for (a, b), sign in sentence.signs.items()})
