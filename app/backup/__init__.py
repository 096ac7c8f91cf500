"""Backups: one file with every row, checked when it is made and again before it replaces anything."""
