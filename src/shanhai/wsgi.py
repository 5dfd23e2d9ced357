"""The site as a WSGI application."""

import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shanhai.settings")
os.environ.setdefault("SHANHAI_POOL", "1")
application = get_wsgi_application()
import_module("shanhai.web.search_filling").begin()
import_module("shanhai.check.counted_nouns").lexicon()  # or the first reader of an article waits for it
