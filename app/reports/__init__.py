from app.reports import (
    case_views,
    cohort_views,
    inbox_views,
    learner_views,
    morning_views,
    progress_views,
    roi_file_views,
    roi_views,
    sponsor_link_views,
    sponsor_views,
)
from app.reports.views import blueprint

__all__ = [
    "blueprint",
    "case_views",
    "cohort_views",
    "inbox_views",
    "learner_views",
    "morning_views",
    "progress_views",
    "roi_file_views",
    "roi_views",
    "sponsor_link_views",
    "sponsor_views",
]
