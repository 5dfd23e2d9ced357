"""The log of the running site: one line per event, in which no word of a record or of a person can stand.

An event has a name and fields from a short list; a field is a number or a word of the program (a route, a code). What
libraries log keeps its pattern without the values put into it, and an error its kind and places without its message:
messages carry what people typed.
"""

import json
import logging
import re
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

#: What a line may tell beside its time, level, event and request.
FIELDS = frozenset(
    {"route", "status", "ms", "queries", "user", "check", "outcome", "findings", "rows", "claims", "error", "workers"}
)
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
FORMATS = ("json", "plain")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_.:-]{0,79}")
#: Loggers whose messages tell of processes and addresses of the server alone.
_OF_THE_SERVER = ("_granian",)
_EVENTS = logging.getLogger("shanhai.events")
#: The request being answered; empty between requests.
request_id: ContextVar[str] = ContextVar("request_id", default="")


def event(name: str, /, *, level: int = logging.INFO, **fields: object) -> None:
    """Log an event; a field that is not on the list is a mistake of the program."""
    if unknown := fields.keys() - FIELDS:
        raise ValueError(f"fields of an event that are not declared: {', '.join(sorted(unknown))}")
    _EVENTS.log(level, name, extra={"fields": fields})


def arrangement(level: str, form: str) -> dict[str, Any]:
    """The logging of a process, as `logging.config` reads it: everything to the standard error, line by line."""
    quiet = {"level": "WARNING"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": "shanhai.web.event_log.Lines", "form": form}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # Django's own handlers are taken away; what it says of each 404 and 403 the site's own event says already.
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "django.request": {"level": "ERROR"},
            "django.db.backends": quiet,
            "django.server": {"handlers": [], "level": "ERROR", "propagate": True},
            "asyncio": quiet,
            "_granian": {"handlers": [], "level": "INFO", "propagate": True},
            "granian.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
            "gunicorn.error": {"handlers": [], "level": "INFO", "propagate": True},
            "gunicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
        },
    }


class Lines(logging.Formatter):
    """Writes a record as one line of JSON, or as words for a terminal."""

    def __init__(self, form: str = "json") -> None:
        """`form` is one of `FORMATS`."""
        super().__init__()
        self._form = form

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        told = _told(record)
        if self._form == "json":
            return json.dumps(told, ensure_ascii=False)
        head = f"{told.pop('time')} {told.pop('level')} {told.pop('event')}"
        places = told.pop("traceback", [])
        return "\n    ".join([" ".join([head, *(f"{name}={value}" for name, value in told.items())]), *places])


def _told(record: logging.LogRecord) -> dict[str, Any]:
    moment = datetime.fromtimestamp(record.created, UTC).astimezone()
    told: dict[str, Any] = {"time": moment.isoformat(timespec="milliseconds"), "level": record.levelname}
    if record.name == _EVENTS.name:
        told |= {"event": _plain(record.msg)}
        told |= {name: _plain(value) for name, value in getattr(record, "fields", {}).items() if value is not None}
    else:
        told |= _foreign(record)
    if number := request_id.get():
        told["request_id"] = number
    if record.exc_info and record.exc_info[1]:
        told |= _fault(record.exc_info[1])
    return told


def _foreign(record: logging.LogRecord) -> dict[str, Any]:
    """What a library's record tells: where it was written, and its pattern where values were kept apart from it."""
    if record.name == "django.request" and record.exc_info:
        return {"event": "request.failed"}
    told = {"event": "program.message", "logger": record.name, "where": f"{record.module}:{record.lineno}"}
    if record.name.startswith(_OF_THE_SERVER):
        return told | {"message": record.getMessage()}
    return told | ({"message": str(record.msg)} if record.args else {})


def _plain(value: object) -> object:
    """A value as it may stand in the log; text that is no word of the program is left out."""
    if value is None or isinstance(value, bool | int | float):
        return value
    return value if isinstance(value, str) and _WORD.fullmatch(value) else "?"


def _fault(error: BaseException) -> dict[str, Any]:
    return {"error": type(error).__name__, "traceback": list(_places(error))}


def _places(error: BaseException) -> Iterator[str]:
    """The kind of an error and of those before it, with the places they came through; no message, no value."""
    seen: set[int] = set()
    each: BaseException | None = error
    while each is not None and id(each) not in seen:
        seen.add(id(each))
        yield " ".join([f"{type(each).__module__}.{type(each).__qualname__}", *_of_the_database(each)])
        yield from _frames(each)
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)


def _frames(error: BaseException) -> Iterator[str]:
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        yield f"{code.co_filename}:{trace.tb_lineno} {code.co_name}"
        trace = trace.tb_next


def _of_the_database(error: BaseException) -> list[str]:
    """The code of a database error and the rule it broke: names of ours, not values."""
    state, rule = getattr(error, "sqlstate", None), getattr(getattr(error, "diag", None), "constraint_name", None)
    return [str(part) for part in (state, rule) if part]
