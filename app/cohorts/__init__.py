from app.cohorts import (  # their routes
    announcement_views,
    case_views,
    consent_views,
    import_views,
    invite_views,
    number_views,
    place_views,
    setup_views,
    share_views,
    statement_views,
    welcome_views,
)
from app.cohorts.trainer_views import blueprint as desk
from app.cohorts.views import blueprint

__all__ = [
    "announcement_views",
    "blueprint",
    "case_views",
    "consent_views",
    "desk",
    "import_views",
    "invite_views",
    "number_views",
    "place_views",
    "setup_views",
    "share_views",
    "statement_views",
    "welcome_views",
]
