"""Asking as a Django application: once every area is loaded, derived figures are held to their parts."""

from django.apps import AppConfig

from shanhai.figures import declare


class AskingConfig(AppConfig):
    """指标查询."""

    name = "shanhai.asking"
    verbose_name = "指标查询"

    def ready(self) -> None:
        """Hold figures derived from other areas' figures to them; a wrong declaration stops the start."""
        declare.complete()
