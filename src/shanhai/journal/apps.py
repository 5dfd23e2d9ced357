"""The journal as a Django application."""

from importlib import import_module

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """日志."""

    name = "shanhai.journal"
    verbose_name = "日志"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Records are what the house's checks are about: they are registered with them."""
        import_module("shanhai.catalogue.checks")
