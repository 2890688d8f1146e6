"""Outlets side by side: shares, concentration, keyness and time, with intervals over articles."""
