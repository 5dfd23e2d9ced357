"""The application config of an area; areas subclass it from the module, never by importing the class."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

from django.apps import AppConfig, apps

DECLARING = ("actions", "sheets", "figures", "pages")


class AreaConfig(AppConfig):
    """An area: Chinese name, place in the menu, and the areas whose records it refers to."""

    default_auto_field = "django.db.models.BigAutoField"
    order: int = 100
    needs: tuple[str, ...] = ()

    def ready(self) -> None:
        """Load the modules in which the area declares; importing them fills the registries of the mechanisms."""
        for module in DECLARING:
            if find_spec(f"{self.name}.{module}"):
                import_module(f"{self.name}.{module}")


def installed_areas(package: str = "shanhai.areas") -> list[str]:
    """Dotted names of every area folder, for INSTALLED_APPS: a new area is a new folder and nothing else."""
    return [f"{package}.{found.name}" for found in iter_modules(import_module(package).__path__) if found.ispkg]


def areas() -> Iterator[AreaConfig]:
    """The installed areas in the order of the menu."""
    found = [config for config in apps.get_app_configs() if isinstance(config, AreaConfig)]
    return iter(sorted(found, key=lambda config: (config.order, config.label)))
