from app.study import assessment_views, lesson_views, plan_views, review_views  # their routes
from app.study.views import blueprint

__all__ = ["assessment_views", "blueprint", "lesson_views", "plan_views", "review_views"]
