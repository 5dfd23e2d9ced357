"""Pages of people: what is recorded in a person's name and who read it; records that may mean one person."""

from shanhai.areas.people.pages import doubles, person

__all__ = ["doubles", "person"]
