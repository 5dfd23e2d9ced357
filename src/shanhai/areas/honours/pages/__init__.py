"""What honours put on the site: titles by level and year, and sites by place with how they stand."""

from shanhai.areas.honours.pages import sites, titles

__all__ = ["sites", "titles"]
