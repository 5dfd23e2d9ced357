"""The area 社会帮扶."""

from shanhai.catalogue import config


class CharityConfig(config.AreaConfig):
    """社会帮扶."""

    name = "shanhai.areas.charity"
    verbose_name = "社会帮扶"
    order = 150
    needs = ("orders", "projects")
