"""Annotated Docs to rows of mentions, quotes and relations."""

from .mentions import mentions
from .quotes import quotes
from .relations import relations
from .sentences import sentences

__all__ = ["mentions", "quotes", "relations", "sentences"]
