from app.study import (  # their routes
    assessment_views,
    calibration_views,
    lesson_views,
    plan_views,
    reaction_views,
    reference_views,
    review_views,
    search_views,
)
from app.study.views import blueprint

__all__ = [
    "assessment_views",
    "blueprint",
    "calibration_views",
    "lesson_views",
    "plan_views",
    "reaction_views",
    "reference_views",
    "review_views",
    "search_views",
]
