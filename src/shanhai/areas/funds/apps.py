"""The area 协作资金."""

from shanhai.catalogue import config


class FundsConfig(config.AreaConfig):
    """协作资金."""

    name = "shanhai.areas.funds"
    verbose_name = "协作资金"
    order = 30
    needs = ("projects",)
