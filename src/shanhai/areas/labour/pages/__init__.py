"""What labour puts on the site: where workers go, the matching board, the three-month rule, subsidies explained."""

from shanhai.areas.labour.pages import board, destinations, steady, subsidies

__all__ = ["board", "destinations", "steady", "subsidies"]
