"""Checking texts of others: restoring a damaged text, reading its numbers, holding them against the figures."""
