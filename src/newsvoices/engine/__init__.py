"""The tables of a corpus: cached, parallel, resumable, on Dask."""
