"""The house's own system checks: names a reader can trust, and a Chinese word for whatever a user may see.

Run by Django with its own at every `check` and `migrate`; a breach stops both.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.apps import apps
from django.apps.config import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.db import models

PACKAGE = "shanhai."
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
#: What the framework has named already.
_FRAMEWORK = {"access.User.last_login", "access.User.password"}
#: Kind of field, the ending of its name, what the ending says.
_ENDINGS = (
    (models.DateTimeField, "_at", "a moment"),
    (models.DateField, "_on", "a day"),
    (models.TimeField, "_time", "a time of day"),
)


@register("shanhai")
def check_house(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Every breach in the models of the program's own applications."""
    chosen = app_configs or list(apps.get_app_configs())
    own = [config for config in chosen if config.name.startswith(PACKAGE)]
    return list(breaches(model for config in own for model in config.get_models()))


def breaches(found: Iterable[type[models.Model]]) -> Iterator[Error]:
    """What is wrong with these models: an error for each field or model, with what to do."""
    for model in found:
        yield from _model(model)
        for field in model._meta.concrete_fields:
            if not field.auto_created and f"{model._meta.label}.{field.name}" not in _FRAMEWORK:
                yield from _field(field)


def _model(model: type[models.Model]) -> Iterator[Error]:
    for name in ("verbose_name", "verbose_name_plural"):
        if not _chinese(getattr(model._meta, name)):
            yield Error(
                f"{model._meta.label} has no Chinese {name}", hint="Set it in Meta.", obj=model, id="shanhai.E001"
            )


def _field(field: "models.Field[Any, Any]") -> Iterator[Error]:
    if not _chinese(field.verbose_name):
        yield Error(f"{field} has no Chinese name", hint="Give it as the first argument.", obj=field, id="shanhai.E002")
    yield from _ending(field)
    if field.name.endswith("_fen") and not isinstance(field, models.BigIntegerField):
        yield Error(f"{field} is money and not whole fen", hint="Use BigIntegerField.", obj=field, id="shanhai.E004")
    if isinstance(field, models.FloatField):
        yield Error(f"{field} is a float", hint="Use a whole number or a decimal.", obj=field, id="shanhai.E005")
    wordless = [str(code) for code, label in field.flatchoices if not _chinese(label)]
    if wordless:
        yield Error(
            f"choices of {field} without a Chinese label: {', '.join(wordless)}",
            hint="Label them.",
            obj=field,
            id="shanhai.E006",
        )


def _ending(field: "models.Field[Any, Any]") -> Iterator[Error]:
    """A name that says a day or a moment is one, and one is named so."""
    told = next((ending for kind, ending, _ in _ENDINGS if isinstance(field, kind)), "")
    for _, ending, what in _ENDINGS:
        if field.name.endswith(ending) != (ending == told):
            fault = f"is {what} and does not end {ending}" if ending == told else f"ends {ending} and is not {what}"
            yield Error(f"{field} {fault}", hint="Rename it.", obj=field, id="shanhai.E003")


def _chinese(words: object) -> bool:
    return bool(_CHINESE.search(str(words)))
