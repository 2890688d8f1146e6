"""Tables to graphs of actors, and their measures."""

import lazy_loader

from ..extras import needs

needs("networkx", extra="notebooks")

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
