"""Settings of the floor under the site benchmark: the site's own database and models, Django's own admin, nothing else."""

from typing import Any

from shanhai import settings as own

SECRET_KEY = own.SECRET_KEY
DATABASES = {"default": own.DATABASES["owner"] | {"CONN_MAX_AGE": 600}, "owner": own.DATABASES["owner"]}
INSTALLED_APPS = [
    *own.INSTALLED_APPS,
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
AUTH_USER_MODEL, DEFAULT_AUTO_FIELD = own.AUTH_USER_MODEL, own.DEFAULT_AUTO_FIELD
SESSION_SECRET, MASTER_KEY, HOME = own.SESSION_SECRET, own.MASTER_KEY, own.HOME
WEB_ROLE, OWNER_ROLE, TESTING = own.WEB_ROLE, own.OWNER_ROLE, own.TESTING
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "shanhai.cli.floor"
ALLOWED_HOSTS = ["*"]
STATIC_URL = "static/"
LANGUAGE_CODE, USE_TZ, TIME_ZONE, DEBUG = "zh-hans", True, own.TIME_ZONE, False
