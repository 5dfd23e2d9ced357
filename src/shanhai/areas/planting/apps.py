"""The area 种植基地."""

from shanhai.catalogue import config


class PlantingConfig(config.AreaConfig):
    """种植基地."""

    name = "shanhai.areas.planting"
    verbose_name = "种植基地"
    order = 40
    needs = ("projects",)
