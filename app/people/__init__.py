from app.people import factor_views, feed_views, mail_views, privacy_views, settings_views, step_views, views
from app.people.views import blueprint

__all__ = [
    "blueprint",
    "factor_views",
    "feed_views",
    "mail_views",
    "privacy_views",
    "settings_views",
    "step_views",
    "views",
]
