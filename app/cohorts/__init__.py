from app.cohorts.views import blueprint

__all__ = ["blueprint"]
