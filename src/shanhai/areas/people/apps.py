"""The area 人员与农户."""

from shanhai.catalogue import config


class PeopleConfig(config.AreaConfig):
    """人员与农户."""

    name = "shanhai.areas.people"
    verbose_name = "人员与农户"
    order = 25
