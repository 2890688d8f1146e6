"""The English pipeline: text in, annotated Doc out."""
