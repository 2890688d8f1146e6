"""The interactive view of tables and articles, in JupyterLab and as a page that opens from disk."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
