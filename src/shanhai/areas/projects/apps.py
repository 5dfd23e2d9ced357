"""The area 协作项目."""

from shanhai.catalogue import config


class ProjectsConfig(config.AreaConfig):
    """协作项目."""

    name = "shanhai.areas.projects"
    verbose_name = "协作项目"
    order = 20
