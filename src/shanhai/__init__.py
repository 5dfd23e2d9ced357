"""Shanhai 山海: the one record both sides of a paired-region cooperation work from."""

__version__ = "0.2.0"
