"""Every figure, and the article with its evidence highlighted."""
