"""What people found when they checked articles, applied to the tables."""
