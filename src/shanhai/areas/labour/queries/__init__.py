"""Reads of labour cooperation."""
