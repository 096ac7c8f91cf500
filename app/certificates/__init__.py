from app.certificates import badge_views, public_views
from app.certificates.trainer_views import blueprint as awards
from app.certificates.views import blueprint

__all__ = ["awards", "badge_views", "blueprint", "public_views"]
