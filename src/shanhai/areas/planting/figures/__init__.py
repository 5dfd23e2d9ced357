"""Figures of planting: bases and land, then money to households."""

from shanhai.areas.planting.figures.benefits import LARGEST
from shanhai.areas.planting.figures.land import BASE

__all__ = ["BASE", "LARGEST"]
