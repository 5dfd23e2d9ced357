"""Settings of the floor under the site benchmark: the site's own database and models, Django's own admin, nothing else."""

from typing import Any

from shanhai import settings as own

# Whatever the site's own modules read when they are loaded; what makes it the floor follows.
globals().update({name: getattr(own, name) for name in dir(own) if name.isupper()})
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
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "shanhai.cli.floor"
ALLOWED_HOSTS = ["*"]
STATIC_URL = "static/"
LANGUAGE_CODE, USE_TZ, DEBUG = "zh-hans", True, False
