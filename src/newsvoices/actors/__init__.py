"""Across articles: chains become actors, and aliases join them."""
