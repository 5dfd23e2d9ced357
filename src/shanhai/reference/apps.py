"""Reference data as a Django application."""

from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    """基础资料."""

    name = "shanhai.reference"
    verbose_name = "基础资料"
    default_auto_field = "django.db.models.BigAutoField"
