"""The speakers component: what the article says of each quote's speaker, and what its reporting verb does."""

from spacy.language import Language
from spacy.tokens import Doc, Span

from ..annotations import MENTIONS, UNNAMED
from ..people.mentions import speaker_mention
from .anonymity import reasons_for_anonymity
from .reporting_verbs import reporting_verb
from .speaker_types import ANAPHORS, antecedent, speaker_type


@Language.component("newsvoices_speakers", requires=["doc.spans", "doc._.quotes"], assigns=["doc._.quotes"])
def speakers(doc: Doc) -> Doc:
    """Adds to each of `doc._.quotes` its speaker_type, chain (of a named speaker, else ""), role and anonymity.

    And the verb of its cue with its family; both are "" where the cue has none.
    """
    profiles = Profiles(doc)
    doc._.quotes = [quote | profiles.of(quote["voice"]) | _verb(doc, quote["cue"]) for quote in doc._.quotes]
    return doc


def _verb(doc: Doc, offsets: tuple[int, int] | None) -> dict[str, str]:
    cue = doc.char_span(*offsets) if offsets else None
    return dict(zip(("verb", "family"), reporting_verb(cue) if cue is not None else ("", ""), strict=True))


class Profiles:
    """What an article's mentions say of a speaker: `at` the mention of each token, `roles` those of each chain."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.at: dict[int, Span] = {}
        self.roles: dict[str, str] = {}
        for span in sorted(doc.spans.get(MENTIONS, ()), key=lambda span: span.kb_id_ != "role"):
            self.at.update(dict.fromkeys(range(span.start, span.end), span))
            if span.kb_id_ == "role":
                self.roles.setdefault(span.id_, " ".join(span.text.split()))
        self.reasons = reasons_for_anonymity(doc)
        self.reason_of = {self.at[i].id_: reason for i, reason in self.reasons.items() if i in self.at}

    def of(self, offsets: tuple[int, int] | None) -> dict[str, str]:
        """speaker_type, chain, role and anonymity of the speaker in these characters; of nobody where there are none."""
        if offsets is None:
            return {"speaker_type": "none", "chain": "", "role": "", "anonymity": ""}
        speaker = self.doc.char_span(*offsets)
        meant = antecedent(speaker)
        mention = speaker_mention(meant, self.at)
        is_thing = speaker.root.lower_ in ANAPHORS
        if is_thing and mention is not None and mention.label_ == "PERSON" and " " in mention.id_:
            meant, mention = speaker, None
        chain = "" if mention is None or mention.id_.startswith(UNNAMED) else mention.id_
        kind = speaker_type(meant, mention)
        if is_thing and kind == "unnamed person":
            kind = "unnamed group" if speaker.root.lower_ == "they" else "organisation"
        reason = self._reason(speaker, mention) if kind.startswith("unnamed") else ""
        return {
            "speaker_type": kind,
            "chain": chain,
            "role": self.roles.get(chain, ""),
            "anonymity": reason,
        }

    def _reason(self, speaker: Span, mention: Span | None) -> str:
        """Why this source, or the same one elsewhere in the article, is not named."""
        own = next((self.reasons[token.i] for token in speaker if token.i in self.reasons), "")
        return own or (self.reason_of.get(mention.id_, "") if mention is not None else "")
