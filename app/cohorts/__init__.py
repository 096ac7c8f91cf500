from app.cohorts import number_views, statement_views, welcome_views
from app.cohorts.views import blueprint

__all__ = ["blueprint", "number_views", "statement_views", "welcome_views"]
