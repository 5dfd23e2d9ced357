"""The pages of 种植基地: bases beside each other, one base, dividends held against their lists and payments."""

from shanhai.areas.planting.pages import base, bases, rounds

__all__ = ["base", "bases", "rounds"]
