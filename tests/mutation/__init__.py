"""Checks that are taken away one by one, to see whether a test notices."""
