"""The area 人才交流."""

from shanhai.catalogue import config


class TalentConfig(config.AreaConfig):
    """人才交流."""

    name = "shanhai.areas.talent"
    verbose_name = "人才交流"
    order = 60
