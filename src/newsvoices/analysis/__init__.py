"""The tables of a corpus: article after article, in several processes, on Dask, as a dataset."""
