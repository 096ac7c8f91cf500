from app.practice.views import blueprint

__all__ = ["blueprint"]
