"""The site as a Django application: once it is ready, sentences come from Django's catalogues."""

from django.apps import AppConfig
from django.utils.translation import gettext

from shanhai.base.language import use_lookup


class WebConfig(AppConfig):
    """网站."""

    name = "shanhai.web"
    verbose_name = "网站"

    def ready(self) -> None:
        """Hand the catalogues to everything that says sentences."""
        use_lookup(gettext)
