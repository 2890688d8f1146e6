"""Which chains of several articles are one actor's."""

from collections import Counter, defaultdict

from .chains import Chain, Group, Key
from .name_matching import plain, surnames
from .persons import KNOWN, persons_of_full_names

MOST = 0.8  # of the chains that bear a short name: what one actor needs for all others to be theirs
PLACES = {"GPE", "LOC", "FAC"}


def group_chains(chains: dict[Key, Chain]) -> tuple[list[Group], Group]:
    """Chains grouped by actor, and those whose name ("J. Smith") fits several persons and so is nobody's.

    First persons of full names that agree; then a surname that several bear goes to the one whose role it is given with
    ("President Obama"); then all other chains of one name; at last a short name joins whoever bears it in at least four
    of five chains, but not whom half of the articles tell apart from it (Marlow, and his daughter Ada Marlow), and by
    first name nobody of whom something else is told. An organisation's short name that is known apart from its bearers
    counts as one bearer more. A person and a place are never one, whatever they are called.
    """
    given, chains = chains, _relabelled(chains)
    persons, unclear = persons_of_full_names(chains)
    told = _bearers_by_role(persons, chains)
    short: dict[tuple[str, bool], Group] = defaultdict(list)
    for key, chain in sorted(chains.items()):
        if key in told:
            persons[told[key]].append(key)
        elif not chain.full:
            short[plain(chain.name), chain.label == "PERSON"].append(key)
    groups = persons + [short[name] for name in sorted(short)]
    people = {number for number, group in enumerate(groups) if chains[group[0]].label == "PERSON"}
    bearers: dict[str, Counter] = defaultdict(Counter)
    beside: dict[tuple[str, str], set[int]] = defaultdict(set)  # persons that bear a name in an article
    for number, group in enumerate(groups):
        for key in group:
            for name in chains[key].plain_names:
                bearers[name][number] += 1
                if given[key].label == "PERSON":
                    beside[key[0], name].add(number)
    joins = {}
    for number, (name, person) in enumerate(sorted(short), len(persons)):
        here = [beside[article_id, name] - {number} for article_id, _ in short[name, person]]
        apart = Counter(next(iter(others)) for others in here if person and len(others) == 1)
        others = {
            n: count
            for n, count in bearers[name].items()
            if n != number and 2 * apart[n] < len(here) and (person or n not in people)
        }
        best = max(sorted(others), key=others.__getitem__, default=None)
        if best is None or (best in people) != person:
            continue
        others = {n: count for n, count in others.items() if n == best or not apart[n]}
        group, bearer = groups[number], groups[best]
        unseen = not person and _is_known_apart(group, bearer, others[best], chains)
        fits = not person or _may_be_called(name, group, bearer, chains)
        if fits and others[best] >= MOST * (sum(others.values()) + unseen):
            joins[number] = best
    return _merged(groups, joins), unclear


def _may_be_called(name: str, group: Group, bearer: Group, chains: dict[Key, Chain]) -> bool:
    """Whether a name is the bearer's surname, or what is told of whom it names does not differ from all told of the bearer."""
    if any(chains[key].full and name in surnames(chains[key].name) for key in bearer):
        return True
    told, other = (_told(keys, chains) for keys in (group, bearer))
    return not (told and other) or not told.keys().isdisjoint(other)


def _is_known_apart(group: Group, bearer: Group, bearing: int, chains: dict[Key, Chain]) -> bool:
    """Whether a name is met in many times the articles that say whose it is, most of which name nobody who is named there."""
    if len(group) <= KNOWN * bearing:
        return False
    company = set().union(*(chains[key].company for key in bearer))
    return 2 * sum(company.isdisjoint(chains[key].company) for key in group) > len(group)


def _told(group: Group, chains: dict[Key, Chain]) -> Counter:
    """The words of all roles of a group, with the number of its chains that have them."""
    return Counter(word for key in group for word in chains[key].told)


def _bearers_by_role(persons: list[Group], chains: dict[Key, Chain]) -> dict[Key, int]:
    """For each chain of a surname that several persons bear the one of them (by number) who most often has its role."""
    words = [_told(group, chains) for group in persons]
    bearers: dict[str, set[int]] = defaultdict(set)
    for number, group in enumerate(persons):
        for name in {name for key in group for name in chains[key].plain_names}:
            bearers[name].add(number)
    out = {}
    for key, chain in sorted(chains.items()):
        several = bearers[plain(chain.name)] if chain.label == "PERSON" and not chain.full else set()
        if len(several) > 1 and chain.told:
            times = {number: max(words[number][word] for word in chain.told) for number in several}
            best = max(sorted(times), key=times.__getitem__)
            if times[best] and times[best] >= MOST * sum(times.values()):
                out[key] = best
    return out


def _relabelled(chains: dict[Key, Chain]) -> dict[Key, Chain]:
    """The chains, one name of one label where a recogniser was of two minds: "Goldman Sachs", PERSON here and ORG there.

    A name of several words is what most of its chains are. One word is a person's if four of five chains say so, but
    never where it is a place; and no person's where nobody bears it in full and most chains say so.
    """
    votes: dict[str, Counter] = defaultdict(Counter)
    borne = set()
    for chain in chains.values():
        borne |= chain.plain_names if chain.full else set()
        for name in chain.plain_names:
            votes[name][chain.label] += 1
    out = {}
    for key, chain in chains.items():
        count = votes[plain(chain.name)]
        share = count["PERSON"] / sum(count.values())
        other = max(sorted(set(count) - {"PERSON"}), key=count.__getitem__, default="PERSON")
        if " " in plain(chain.name):
            person = share >= 0.5
        elif chain.label == "PERSON":
            person = plain(chain.name) in borne or share >= 0.5
        else:
            person = share >= MOST and chain.label not in PLACES
        label = "PERSON" if person else other if chain.label == "PERSON" else chain.label
        out[key] = chain._replace(label=label)
    return out


def _merged(groups: list[Group], joins: dict[int, int]) -> list[Group]:
    """The groups, those that join another put into it; what would go round in a circle stays where it is."""
    merged = [list(group) for group in groups]
    for number, to in joins.items():
        seen = {number}
        while to in joins and to not in seen:
            seen.add(to)
            to = joins[to]
        if to not in seen:
            merged[to] += groups[number]
            merged[number] = []
    return [group for group in merged if group]
