from app.reports.views import blueprint

__all__ = ["blueprint"]
