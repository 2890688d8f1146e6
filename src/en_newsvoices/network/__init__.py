"""The network that all components read: encoder, attention layers, word pieces and packed weights."""
