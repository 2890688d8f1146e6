"""Tables to graphs of actors, and their measures."""
