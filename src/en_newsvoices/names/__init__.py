"""Names as news writes them: where they begin and end, their parts, nicknames, titles and roles."""
