"""Subjects, objects and factuality in a parse, for Universal Dependencies and for spaCy's own labels."""

from collections.abc import Collection

from spacy.tokens import Token

from .lexicon import words

PASSIVE = {"nsubj:pass", "nsubjpass"}
SUBJECT = {"nsubj", *PASSIVE}
OBJECT = {"obj", "dobj"}
RELATIVE = {"acl:relcl", "relcl"}
RELATIVE_PRONOUNS = {"who", "whom", "which", "that", "whose"}
POSSESSIVE = {"nmod:poss", "poss"}
MODIFIER = {"compound", "amod", "nmod", "nmod:desc", "flat"}


def is_verb(token: Token) -> bool:
    """Whether the token is a verb form, auxiliaries included."""
    return token.tag_.startswith("V") or token.pos_ in ("VERB", "AUX")


def is_noun(token: Token) -> bool:
    """Whether the token is a noun, a name or a pronoun."""
    return token.tag_[:2] in ("NN", "PR", "WP", "WD") or token.pos_ in ("NOUN", "PROPN", "PRON")


def children(token: Token, labels: Collection[str]) -> list[Token]:
    """The token's children with one of these labels."""
    return [child for child in token.children if child.dep_ in labels]


def coordinated(token: Token) -> list[Token]:
    """The token and what is coordinated with it: France and the United States."""
    found = [token]
    for member in found:
        found += [child for child in children(member, ("conj",)) if not is_verb(child)]
    return found


def prepositional_objects(token: Token, prepositions: Collection[str]) -> list[Token]:
    """The objects of these prepositions below a token: of "with" in talks with Kerry."""
    found = []
    for child in token.children:
        if child.dep_.startswith(("obl", "nmod")) and child.dep_ not in POSSESSIVE:
            inner = [
                child,
                *children(child, ("compound", "amod")),
            ]  # parsers hang "of" on either: of US strikes
            cases = {case.lower_ for word in inner for case in children(word, ("case",))}
            found += [child] if cases & set(prepositions) else []
        elif child.dep_ in ("prep", "agent", "dative") and child.lower_ in prepositions:
            found += children(child, ("pobj",))
    return found


def is_passive(verb: Token) -> bool:
    """Whether what the verb is done to is its subject, or the noun that it modifies."""
    marked = children(verb, {*PASSIVE, "aux:pass", "auxpass"})
    return bool(marked) or (verb.dep_ == "acl" and verb.tag_ == "VBN")


def subjects(verb: Token) -> list[Token]:
    """The subjects, looked for above where the clause has none of its own; a relative's antecedent for "who"."""
    found = children(verb, SUBJECT)
    found = [word for token in found for word in (children(token, ("appos",)) if token.is_space else [token])]
    if found:
        pronoun = found[0].lower_ in RELATIVE_PRONOUNS
        return [verb.head] if pronoun and verb.dep_ in RELATIVE and is_noun(verb.head) else found
    if verb.dep_ in ("acl", *RELATIVE) and is_noun(verb.head) and verb.tag_ in ("VBG", "VBN"):
        return [verb.head]
    if verb.dep_ in ("conj", "advcl", "xcomp", "parataxis") and verb.head != verb and is_verb(verb.head):
        if _infinitive(verb) and verb.head.lemma_.lower() in words("helping verb"):
            return [
                *subjects(verb.head),
                *objects(verb.head),
                *prepositional_objects(verb.head, ("by", "with")),
            ]
        return verb.dep_ == "xcomp" and objects(verb.head) or subjects(verb.head)
    if verb.dep_ == "acl" and verb.head.lemma_.lower() in words("endeavour"):
        return _pursuers(verb.head)
    return []


def _pursuers(noun: Token) -> list[Token]:
    """Who makes an effort: its owner, or the subject that is led up to."""
    own = [
        *children(noun, POSSESSIVE),
        *children(noun, ("compound", "amod")),
        *prepositional_objects(noun, ("of", "by")),
    ]
    verbs = (upper for upper in noun.ancestors if is_verb(upper))
    return own or next((found for verb in verbs if (found := subjects(verb))), [])


def objects(verb: Token) -> list[Token]:
    """The objects; the antecedent in the group that Russia backs."""
    found = children(verb, OBJECT)
    if [token for token in found if token.lower_ in RELATIVE_PRONOUNS]:
        found = [verb.head]
    if not found and verb.dep_ in RELATIVE and not is_passive(verb) and verb.head not in subjects(verb):
        return [verb.head]
    return found


def agents(verb: Token) -> list[Token]:
    """Who does what stands in the passive."""
    return prepositional_objects(verb, ("by",))


def asserted(token: Token) -> bool:
    """Whether a clause or noun is asserted: not negated, wanted, possible, planned, asked or conditional.

    Limitation: a claim that somebody else makes counts as said, unless its verb casts doubt on it.
    """
    if token.sent.text.rstrip("\n \"”’'").endswith("?"):
        return False
    if children(token, POSSESSIVE):  # their fight against X is a fight, whatever comes of it
        return not _denied(token) and token.head.lemma_.lower() not in words("non-factual verb")
    chain = [token, *token.ancestors]
    for lower, upper in zip(chain, [*chain[1:], None], strict=True):
        if _denied(lower):
            return False
        if (
            upper is not None
            and is_verb(lower)
            and not is_verb(upper)
            and upper.lemma_.lower() in words("non-factual verb")
        ):
            return False  # a call that all sides respect X
        if upper is None or _independent(lower, upper):
            return True
        if _subordinate(lower) and upper.lemma_.lower() in words("non-factual verb"):
            return False
        if _infinitive(lower) and upper.lemma_.lower() not in _factual():
            return False
    return True


def _factual() -> frozenset[str]:
    """Words whose infinitive does happen: began to, helped to, a campaign to."""
    return words("implicative verb") | words("helping verb") | words("endeavour")


def _independent(lower: Token, upper: Token) -> bool:
    """Whether what holds of the upper clause leaves the lower one as it is: relative clauses; after a meeting."""
    return (
        bool(_cases(lower) & words("past preposition"))
        or lower.dep_ in RELATIVE
        or (lower.dep_ in ("acl", "advcl", "appos") and not _infinitive(lower) and not is_conditional(lower))
        or (lower.dep_ in ("conj", "parataxis") and bool(children(lower, SUBJECT)))
    )


def _cases(token: Token) -> set[str]:
    cases = {case.lower_ for case in children(token, ("case",))}
    return cases | ({token.head.lower_} if token.dep_ == "pobj" else set())


def _subordinate(token: Token) -> bool:
    return (
        token.dep_ in ("xcomp", "ccomp", "obl", "prep", "pcomp", "pobj", "advcl", "dep")
        or token.dep_ in OBJECT | PASSIVE
    )


def _infinitive(token: Token) -> bool:
    return (
        is_verb(token)
        and token.dep_ in ("xcomp", "advcl", "acl", "ccomp", "relcl", "acl:relcl")
        and any(child.lower_ == "to" and child.dep_ in ("mark", "aux") for child in token.children)
    )


def is_conditional(token: Token) -> bool:
    """Whether "if", "unless" or the like stands before a clause's verb."""
    return any(child.lower_ in words("conditional") for child in children(token, ("mark",)))


def _denied(token: Token) -> bool:
    below = list(token.children)
    return is_conditional(token) or any(
        child.lower_ in words("negation")
        and child.dep_ in ("neg", "advmod", "det", "cc", "case", "preconj", "cc:preconj")
        or child.lower_ in words("modal verb")
        and child.dep_ == "aux"
        or child.lower_ in words("unreal modifier")
        and child.dep_ in MODIFIER
        and is_noun(token)
        for child in below
    )
