"""What talent exchange puts on the site: postings over time and on duty, mentors, courses with their sign-in."""

from shanhai.areas.talent.pages import courses, duty, mentors, sign_in, timeline

__all__ = ["courses", "duty", "mentors", "sign_in", "timeline"]
