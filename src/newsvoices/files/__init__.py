"""Files to articles, and tables to files."""
