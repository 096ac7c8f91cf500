from app.people.views import blueprint

__all__ = ["blueprint"]
