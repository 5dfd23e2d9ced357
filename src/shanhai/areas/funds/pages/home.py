"""What funds put on the home page: the money of each year, issued, arranged and paid, each bar opening its figure."""

from typing import Any

from shanhai.areas.funds.pages.by_year import chart_of
from shanhai.web.declare import Look, home_section


@home_section("各年资金", "funds/home_money.html", order=20)
def money_on_home(look: Look) -> dict[str, Any] | None:
    """The years since the pairing began, or the last five where no pairing says when it did."""
    began = look.asked.began_on
    first = began.year if began else look.day.year - 4
    return chart_of(look.asked, range(first, look.day.year + 1), look.day)
