"""The steps the database's tables are built and upgraded by: which there are, which a database has taken."""

from functools import cache

from django.apps import apps
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

Step = tuple[str, str]


@cache
def known() -> frozenset[Step]:
    """Every step this program brings, as (application, name)."""
    return frozenset((app, name) for app, name in MigrationLoader(None, ignore_no_migrations=True).graph.nodes)


def taken(using: str = "default") -> set[Step]:
    """The steps a database has taken, those of applications that are gone left out."""
    installed = {config.label for config in apps.get_app_configs()}
    found = MigrationRecorder(connections[using]).applied_migrations()
    return {(app, name) for app, name in found if app in installed}


def missing(using: str = "default") -> list[Step]:
    """The steps a database still has to take."""
    return sorted(known() - taken(using))


def ahead(using: str = "default") -> list[Step]:
    """The steps a database took under a newer program, which this one does not know."""
    return sorted(taken(using) - known())
