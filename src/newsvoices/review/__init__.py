"""How sure are we: articles drawn, estimates corrected for what their check found, errors, and how many more."""
