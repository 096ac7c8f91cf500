from app.people import (
    erase_views,
    factor_views,
    feed_views,
    mail_views,
    note_views,
    privacy_views,
    settings_views,
    step_views,
    views,
)
from app.people.views import blueprint

__all__ = [
    "blueprint",
    "erase_views",
    "factor_views",
    "feed_views",
    "mail_views",
    "note_views",
    "privacy_views",
    "settings_views",
    "step_views",
    "views",
]
