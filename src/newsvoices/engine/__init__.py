"""The rows of one article: the pipeline, the tables taken from its Docs, the cache, and what both depend on."""
