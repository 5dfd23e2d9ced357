"""Every setting, read from the environment in one place.

SHANHAI_HOME   the data folder (default ./var); SHANHAI_KEYS the keys folder (default beside it)
DATABASE_URL   one's own PostgreSQL for the web role; DATABASE_OWNER_URL for the owner role
SHANHAI_HOSTS  host names the site answers to, separated by commas (default: this machine only)
SHANHAI_PROXIES  addresses or networks of the proxies in front of the site, whose X-Forwarded-For and X-Forwarded-Proto are
               believed (default: none; with SHANHAI_HTTPS this machine)
SHANHAI_HTTPS  1 where people reach the site over https only: cookies are never sent without it
SHANHAI_THREADS  requests a process of the site answers at once (default 4; set by `shanhai serve --threads`)
SHANHAI_LOG_LEVEL, SHANHAI_LOG_FORMAT  DEBUG, INFO, WARNING or ERROR; json or plain (the site: INFO, json)
SHANHAI_METRICS_TOKEN  whoever brings it as a bearer token may read /metrics from another machine (default: nobody)
SHANHAI_LEAST_FREE_MB  room on the disk below which the site says it is not ready (default 512)
SHANHAI_SESSION_HOURS, SHANHAI_SESSION_IDLE_MINUTES   how long a session lasts at most (10), and unused (60)
SHANHAI_SECOND_FACTOR  roles that must use a second factor, separated by commas, or all, or none (default: operator)
SHANHAI_TEST   set by the tests: sessions without pooling, quick password hashes
"""

import os
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from shanhai.base.findings import Refused, WrongUse
from shanhai.catalogue.config import installed_areas
from shanhai.database import Cluster, home_from_environment
from shanhai.database.counting import CountingCursor
from shanhai.database.keys import application_secrets
from shanhai.database.passwords import ROLES
from shanhai.web.event_log import FORMATS, LEVELS, arrangement

HOME = home_from_environment()
TESTING = bool(os.environ.get("SHANHAI_TEST"))
#: The site shares connections between requests; a command needs only its own.
POOLED = bool(os.environ.get("SHANHAI_POOL"))


def _number(variable: str, usual: int, *, most: int) -> int:
    """A whole number from the environment; anything else stops the program with a sentence."""
    given = os.environ.get(variable, "").strip() or str(usual)
    if not given.isdecimal() or not 0 < int(given) <= most:
        raise WrongUse(f"{variable} 应是 1 到 {most} 之间的整数，现在是“{given}”。")
    return int(given)


def _one_of(variable: str, choices: tuple[str, ...], usual: str) -> str:
    """A word of the environment, which must be one of these."""
    given = os.environ.get(variable, "").strip() or usual
    known = {choice.lower(): choice for choice in choices}
    if given.lower() not in known:
        raise WrongUse(f"{variable} 应是 {'、'.join(choices)} 之一，现在是“{given}”。")
    return known[given.lower()]


def _networks(variable: str, usual: str) -> tuple[Any, ...]:
    """Addresses and networks of the environment."""
    given = os.environ.get(variable, usual)
    try:
        return tuple(ip_network(part.strip()) for part in given.split(",") if part.strip())
    except ValueError as wrong:
        raise WrongUse(f"{variable} 应是以逗号分隔的地址或网段，如 127.0.0.1,10.0.0.0/8；现在是“{given}”。") from wrong


#: Threads of a process of the site; each may need a connection of its own. More than four gained nothing when measured.
THREADS = _number("SHANHAI_THREADS", 4, most=64)
#: How the site logs; commands say only what is wrong, in words.
SITE_LOG = _one_of("SHANHAI_LOG_LEVEL", LEVELS, "INFO"), _one_of("SHANHAI_LOG_FORMAT", FORMATS, "json")
METRICS_TOKEN = os.environ.get("SHANHAI_METRICS_TOKEN", "").strip()
LEAST_FREE_BYTES = _number("SHANHAI_LEAST_FREE_MB", 512, most=1 << 30) << 20


def _url(role: str, variable: str) -> str:
    given = os.environ.get(variable, "").strip()
    if given or os.environ.get("DATABASE_URL"):
        return given
    try:
        return Cluster(HOME).url(role)
    except Refused:
        # Nothing is set up yet: commands that need no database (checks, makemigrations) still work.
        return f"postgresql://shanhai_{role}@/shanhai"


def _database(url: str, *, pooled: bool) -> dict[str, Any]:
    parts = conninfo_to_dict(url)
    known = ("dbname", "user", "password", "host", "port")
    options: dict[str, Any] = {key: value for key, value in parts.items() if key not in known}
    options["cursor_factory"] = CountingCursor
    if pooled:
        options["pool"] = {"min_size": 1, "max_size": THREADS, "timeout": 10}
    return {
        "ENGINE": "django.db.backends.postgresql", "NAME": parts.get("dbname", "shanhai"), "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""), "HOST": parts.get("host", ""), "PORT": str(parts.get("port", "")),
        "OPTIONS": options, "ATOMIC_REQUESTS": pooled,
    }  # fmt: skip


_WEB, _OWNER = _url("web", "DATABASE_URL"), _url("owner", "DATABASE_OWNER_URL")
DATABASES = {"default": _database(_WEB, pooled=POOLED), "owner": _database(_OWNER or _WEB, pooled=False)}
DATABASES["default"]["ATOMIC_REQUESTS"] = True
WEB_ROLE: str = DATABASES["default"]["USER"]
#: The owner has this name also where the site is not given its password.
OWNER_ROLE: str = DATABASES["owner"]["USER"] if _OWNER else ROLES["owner"]

_SECRETS = application_secrets(HOME)
SECRET_KEY = _SECRETS.django
SESSION_SECRET = _SECRETS.session
MASTER_KEY = _SECRETS.master

DEBUG = False
ALLOWED_HOSTS = [host for host in os.environ.get("SHANHAI_HOSTS", "127.0.0.1,localhost,[::1]").split(",") if host]
_AREAS = installed_areas()
INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django_htmx",
    "procrastinate.contrib.django",
    "shanhai.journal",
    "shanhai.reference",
    "shanhai.access",
    *_AREAS,
    "shanhai.loading",
    "shanhai.asking",
    "shanhai.search",
    "shanhai.web",
]
MIDDLEWARE = [
    "shanhai.web.headers.HeadersMiddleware",
    "shanhai.web.proxies.ProxyMiddleware",
    "shanhai.web.watching.WatchMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "shanhai.web.reading.ReadingMiddleware",
    "shanhai.web.memory.MemoryMiddleware",
    "shanhai.web.sessions.SessionMiddleware",
]
ROOT_URLCONF = "shanhai.urls"
WSGI_APPLICATION = "shanhai.wsgi.application"
AUTH_USER_MODEL = "access.User"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request", "shanhai.web.context.page"],
            "builtins": [
                "django.templatetags.i18n",
                "shanhai.web.templatetags.words",
                "shanhai.web.templatetags.cells",
            ],
        },
    }
]
STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
#: Background work: every page is imported for the work it declares; the queue is read and written as the web role.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
PROCRASTINATE_IMPORT_PATHS = ["shanhai.urls", "shanhai.web.job_work"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
#: Catalogues lie beside the words they translate; those of areas are found by Django itself.
LOCALE_PATHS = [str(folder) for folder in sorted(Path(__file__).parent.glob("*/locale"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if TESTING
    else ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
)
SESSION_LASTS = timedelta(hours=_number("SHANHAI_SESSION_HOURS", 10, most=24))
SESSION_IDLE = timedelta(minutes=_number("SHANHAI_SESSION_IDLE_MINUTES", 60, most=24 * 60))
SECOND_FACTOR_ROLES = frozenset(filter(None, os.environ.get("SHANHAI_SECOND_FACTOR", "operator").split(","))) - {"none"}
#: Reached over https: cookies are never sent without it, and browsers are told to come no other way.
HTTPS = os.environ.get("SHANHAI_HTTPS", "") not in ("", "0")
PROXIES = _networks("SHANHAI_PROXIES", "127.0.0.1,::1" if HTTPS else "")
if HTTPS:
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    CSRF_COOKIE_NAME = "__Host-csrftoken"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 << 20
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 << 20
#: Commands say what is wrong, in words, unless the site that started them writes otherwise.
LOGGING = arrangement(*(SITE_LOG if POOLED else ("WARNING", _one_of("SHANHAI_LOG_FORMAT", FORMATS, "plain"))))
