"""The area 劳务协作."""

from shanhai.catalogue import config


class LabourConfig(config.AreaConfig):
    """劳务协作."""

    name = "shanhai.areas.labour"
    verbose_name = "劳务协作"
    order = 80
