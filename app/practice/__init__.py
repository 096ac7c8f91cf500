from app.practice import (
    ledger_entry_views,
    ledger_terms_views,
    ledger_views,
    merge_views,
    number_views,
    people_views,
    promise_views,
)
from app.practice.views import blueprint

__all__ = [
    "blueprint",
    "ledger_entry_views",
    "ledger_terms_views",
    "ledger_views",
    "merge_views",
    "number_views",
    "people_views",
    "promise_views",
]
