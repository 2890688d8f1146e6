"""What people found when they checked articles: kept line by line, read back, applied to the tables."""
