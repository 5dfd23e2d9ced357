"""The area 订单与消费帮扶."""

from shanhai.catalogue import config


class OrdersConfig(config.AreaConfig):
    """订单与消费帮扶."""

    name = "shanhai.areas.orders"
    verbose_name = "订单与消费帮扶"
    order = 50
    needs = ("people",)
