"""A field for long texts that are read whole and never searched by the database."""

from typing import Any
from zlib import compress, decompress

from django.db import models


class CompressedTextField(models.Field):
    """A text that is stored compressed with zlib: a long one takes a third of its bytes or less."""

    def get_internal_type(self) -> str:
        return "BinaryField"

    def get_prep_value(self, value: Any) -> Any:
        return compress(value.encode()) if isinstance(value, str) else value

    def from_db_value(self, value: Any, *_: Any) -> Any:
        # A migration from before the texts were compressed may read them with today's models.
        return value if value is None or isinstance(value, str) else decompress(value).decode()
