"""The pages of 订单与消费帮扶: prices with settlements on them, a village's statement, gains, sales from three sides."""

from shanhai.areas.orders.pages import gains, prices, sales, statements

__all__ = ["gains", "prices", "sales", "statements"]
