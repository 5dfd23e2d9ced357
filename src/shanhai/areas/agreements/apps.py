"""The area 协议与交流."""

from shanhai.catalogue import config


class AgreementsConfig(config.AreaConfig):
    """协议与交流."""

    name = "shanhai.areas.agreements"
    verbose_name = "协议与交流"
    order = 10
