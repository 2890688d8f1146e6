from .page import save_explorer as save_explorer
from .widget import article_view as article_view
from .widget import explore as explore
