from app.operator import audit_views, readiness_views, views
from app.operator.views import blueprint

__all__ = ["audit_views", "blueprint", "readiness_views", "views"]
