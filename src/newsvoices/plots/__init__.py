"""Every figure; in html, tables and articles to read."""

import lazy_loader

from ..extras import needs

needs("matplotlib", "IPython", "PIL", extra="notebooks")

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
