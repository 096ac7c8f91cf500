from app.people import feed_views, mail_views, privacy_views, settings_views, views
from app.people.views import blueprint

__all__ = ["blueprint", "feed_views", "mail_views", "privacy_views", "settings_views", "views"]
