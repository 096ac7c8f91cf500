from app.people import (
    address_views,
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
    "address_views",
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
