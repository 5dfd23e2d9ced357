"""What agreements put on the site: targets on the home page, agreements with clauses, targets, exchange, teams."""

from shanhai.areas.agreements.pages import exchange, home, papers, targets, teams

__all__ = ["exchange", "home", "papers", "targets", "teams"]
