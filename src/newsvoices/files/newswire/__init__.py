"""What agencies send: NITF, NewsML, NewsML-G2, ninjs."""
