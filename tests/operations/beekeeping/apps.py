"""The area 养蜂示例."""

from shanhai.catalogue import config


class BeekeepingConfig(config.AreaConfig):
    """养蜂示例."""

    name = "shanhai.areas.beekeeping"
    verbose_name = "养蜂示例"
    order = 900
