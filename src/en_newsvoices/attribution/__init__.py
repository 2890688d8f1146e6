"""Which words attribute what to whom: a learned network over the shared encoder, and the component that reads with it."""
