from app.people import settings_views, views
from app.people.views import blueprint

__all__ = ["blueprint", "settings_views", "views"]
