"""The files that hold what people checked: the ledger, sheets to fill in, annotations from elsewhere."""
