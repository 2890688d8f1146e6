"""Saved web pages: HTML, MHTML, WARC."""
