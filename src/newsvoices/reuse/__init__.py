"""The same words in several places: wire copies, shared quotes and their versions."""
