"""Archive exports, many articles in one file: Nexis, Factiva, ProQuest, Europresse."""
