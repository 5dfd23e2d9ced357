"""The area 示范与荣誉."""

from shanhai.catalogue import config


class HonoursConfig(config.AreaConfig):
    """示范与荣誉."""

    name = "shanhai.areas.honours"
    verbose_name = "示范与荣誉"
    order = 55
    needs = ("projects",)
