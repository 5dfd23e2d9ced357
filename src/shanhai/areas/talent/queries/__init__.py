"""What talent exchange knows: what rows are held against, postings on a day, mentors, courses and who signed in."""

from shanhai.areas.talent.queries import courses, holding, mentors, postings

__all__ = ["courses", "holding", "mentors", "postings"]
