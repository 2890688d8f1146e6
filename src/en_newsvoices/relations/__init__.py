"""Who stands to whom."""
