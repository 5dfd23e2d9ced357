"""Pages of projects: the list, the board, the timeline, the sketch of places, the evidence, one project."""

from shanhai.areas.projects.pages import board, gallery, overview, project, sketch, timeline

__all__ = ["board", "gallery", "overview", "project", "sketch", "timeline"]
