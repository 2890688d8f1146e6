"""Who said what: attribution, the quotes that it and the quotation marks make, and what their speakers are."""
