"""Tables and records: CSV, TSV, JSON, JSON Lines, Excel, Parquet, Feather, SQLite."""
