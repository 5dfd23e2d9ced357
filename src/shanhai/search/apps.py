"""Search as a Django application; after a migration the database knows which words of which records it keeps."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _build(*, using: str, **_: Any) -> None:
    import_module("shanhai.search.building").build(using)


class SearchConfig(AppConfig):
    """检索."""

    name = "shanhai.search"
    verbose_name = "检索"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What is searched follows the tables, as their walls do."""
        post_migrate.connect(_build, sender=self)
