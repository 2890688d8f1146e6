"""What the pipeline leaves on a Doc: the names of its span groups and extension attributes."""

from spacy.tokens import Doc

ATTRIBUTIONS = "attributions"
"""doc.spans: spans labelled source, cue and content; those of one attribution share an id."""
MENTIONS = "mentions"
"""doc.spans: label_ is the type of entity, kb_id_ the kind of mention, id_ the coreference chain."""
FULL_NAMES = "full_names"
"""doc.spans: over each name with a short first name ("Bob Maren") a span for each name that it may stand for, its id_."""
UNNAMED = "“"
"""How the name of a chain begins that no name belongs to."""
ATTRIBUTION_VECTORS = "attribution_vectors"
"""doc._: (tokens, width) in half precision, the encoder's vectors and beside them those of attribution's own layers, from
attribution until stances are found; then None."""
QUOTES = "quotes"
"""doc._: a list of dictionaries, one a quote, with character offsets: spans (its parts), kind, cue, speaker (offsets or
None), voice (offsets of the words that name the speaker: here, in the quote that this one continues, one of several
who speak together, or whom a transcript names elsewhere; None where nobody is named), how; and, once
speakers are described, speaker_type, chain, role, anonymity, verb and family (of the cue)."""
RELATIONS = "relations"
"""doc._: a list of dictionaries, one a relation: relation, sign, certainty (of a learned one, else None); source and
target (chain or words), source_span and target_span (offsets); span (offsets of the sentence); claimed_by (chain or words
of whoever is quoted with it, else "")."""

for _name in (QUOTES, RELATIONS, ATTRIBUTION_VECTORS):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)
