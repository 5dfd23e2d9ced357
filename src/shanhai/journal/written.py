"""A record as it was written into the journal: JSON kept as the very text whose digest was taken."""

import json
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class WrittenField(models.JSONField):
    """JSON in a column of text: reads as a mapping, and hashes without being written anew."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """Plain text; a binary JSON column would not keep the letters the digest stands on."""
        return "text"

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        """The text itself."""
        return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)
