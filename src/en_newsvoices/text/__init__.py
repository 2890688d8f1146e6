"""The text itself: quotation marks."""
