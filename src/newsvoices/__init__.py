"""Who is in the news, who gets to speak, about whom, and how sure are we?

The public names (see __init__.pyi) are imported when they are first used, so that ``import newsvoices`` loads neither
spaCy nor pandas.
"""

import lazy_loader

__version__ = "0.2.0"

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
