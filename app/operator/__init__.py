from app.operator import views
from app.operator.views import blueprint

__all__ = ["blueprint", "views"]
