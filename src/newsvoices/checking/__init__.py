"""Checking whole articles in JupyterLab, by keyboard: what a person presses is a line of the ledger at once."""
