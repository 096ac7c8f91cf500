from app.practice import (
    account_file_views,
    gate_batch_views,
    gate_views,
    intangible_views,
    ledger_entry_views,
    ledger_terms_views,
    ledger_views,
    merge_views,
    number_views,
    offline_views,
    opportunity_views,
    people_views,
    promise_views,
)
from app.practice.views import blueprint

__all__ = [
    "account_file_views",
    "blueprint",
    "gate_batch_views",
    "gate_views",
    "intangible_views",
    "ledger_entry_views",
    "ledger_terms_views",
    "ledger_views",
    "merge_views",
    "number_views",
    "offline_views",
    "opportunity_views",
    "people_views",
    "promise_views",
]
