"""What charity puts on the site: campaigns by winter, gifts by level, training and work of disabled people."""

from shanhai.areas.charity.pages import campaigns, gifts, work

__all__ = ["campaigns", "gifts", "work"]
