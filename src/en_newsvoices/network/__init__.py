"""The network that all components read: encoder, attention layers, word pieces, long articles and packed weights."""

from .long_articles import in_pieces

__all__ = ["in_pieces"]
