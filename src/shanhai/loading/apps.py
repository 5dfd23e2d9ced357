"""Loading as a Django application: it declares the worksheet that is no area's."""

from importlib import import_module

from django.apps import AppConfig


class LoadingConfig(AppConfig):
    """装载."""

    name = "shanhai.loading"
    verbose_name = "装载"

    def ready(self) -> None:
        """Declare the words of the other side, once every area has told which of its records cross the border."""
        import_module("shanhai.loading.sheets")
