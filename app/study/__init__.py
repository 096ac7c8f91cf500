from app.study.views import blueprint

__all__ = ["blueprint"]
