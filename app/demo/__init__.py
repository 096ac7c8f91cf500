"""The demo: plainly invented people and figures, the same at every seeding but for the day they end on."""

from app.demo.seeding import greeting, seed

__all__ = ["greeting", "seed"]
