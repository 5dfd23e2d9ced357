"""Access as a Django application; after a migration every table of records is walled."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate

from shanhai.access import walls
from shanhai.access.terms import ROLES
from shanhai.base.findings import WrongUse
from shanhai.base.language import listed, say


def _wall_all(*, using: str, **_: Any) -> None:
    walls.build(using)


class AccessConfig(AppConfig):
    """权限."""

    name = "shanhai.access"
    verbose_name = "权限"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Walls follow the tables: whatever area adds a record type, its table is walled by the same migration run."""
        post_migrate.connect(_wall_all, sender=self)
        import_module("shanhai.access.accounts")  # declares its kinds of acts for the table of who may what
        if unknown := settings.SECOND_FACTOR_ROLES - ROLES.keys() - {"all"}:
            raise WrongUse(
                say(
                    "SHANHAI_SECOND_FACTOR 里的“{unknown}”不是角色；可选：{roles}、all、none。",
                    unknown=listed(sorted(unknown)),
                    roles=listed(ROLES),
                )
            )
