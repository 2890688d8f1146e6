"""Tables to read, findings as sentences, and articles with their evidence highlighted."""
