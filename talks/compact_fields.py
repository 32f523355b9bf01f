"""Fields that take fewer bytes in the database than Django's own, with the same values in Python."""

import json
from functools import cached_property
from html import escape
from typing import Any
from zlib import DEFLATED, Z_DEFAULT_STRATEGY, compressobj, decompress, decompressobj

from django.db import models

_LEAST_WINDOW, _WIDEST_WINDOW = 11, 15  # as powers of two
_SHORT = b"\1"  # no JSON begins with it
_FAMILIAR = (
    b'"visibility": "public", "conference": null, "day": null, "tags": [], "aliases": [], "days": [], "aside"], '
    b'"unplaced"], "front-matter"], "intro"], "outro"], "heading"], "talk"], [["published_on": "20", "language": "en", '
    b'"writer": "{"title": "", "day": 1, "speakers": [{"name": "", "affiliation": null, "handle": null, "url": null}, '
    b'{"name": "'
)
"""The dictionary that zlib begins with: texts that these columns often contain. It must never change, else stored JSON
cannot be read."""
_write_json = json.JSONEncoder(ensure_ascii=False).encode  # `json.dumps` makes an encoder for each value


class _CompactField(models.Field):
    """A field that the database stores in another form than Python has.

    Queries can only use the lookups in `lookups`.
    """

    lookups: tuple[str, ...] = ("isnull",)

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name in self.lookups else None

    def get_transform(self, lookup_name: str) -> Any:
        return None


class CompressedTextField(_CompactField):
    """A text that the database stores compressed with zlib; a long text takes a third of its bytes or less."""

    def get_internal_type(self) -> str:
        return "BinaryField"

    def get_prep_value(self, value: Any) -> Any:
        return _compress(value.encode()) if isinstance(value, str) else value

    def from_db_value(self, value: Any, *_: Any) -> Any:
        # A migration from before the texts were compressed may read them with today's models.
        return value if value is None or isinstance(value, str) else decompress(value).decode()


def _compress(plain: bytes) -> bytes:
    """Return bytes compressed with a window as small as their length allows, since clearing a wide one takes longer."""
    window = min(max(len(plain).bit_length(), _LEAST_WINDOW), _WIDEST_WINDOW)
    compressor = compressobj(6, DEFLATED, window, window - 7)
    return compressor.compress(plain) + compressor.flush()


class CompressedJSONField(_CompactField, models.JSONField):
    """JSON that is read whole and never searched by the database; it is stored compressed if this is shorter."""

    def get_internal_type(self) -> str:
        return "BinaryField"

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return pack_json(value)

    def from_db_value(self, value: Any, *_: Any) -> Any:
        # A migration from before may read JSON as text with today's models.
        if value is None or isinstance(value, str):
            return value and json.loads(value)
        return unpack_json(bytes(value))


def pack_json(value: Any) -> bytes:
    """Return a value as JSON in bytes, compressed if that is shorter, as `CompressedJSONField` stores it."""
    plain = _write_json(value).encode("utf-8", "surrogatepass")
    if len(plain) < len(_SHORT) + 8:
        return plain
    compressor = compressobj(1, DEFLATED, -_LEAST_WINDOW, 3, Z_DEFAULT_STRATEGY, _FAMILIAR)
    short = _SHORT + compressor.compress(plain) + compressor.flush()
    return short if len(short) < len(plain) else plain


def unpack_json(stored: bytes) -> Any:
    """Return the value from which `pack_json` made these bytes."""
    if stored.startswith(_SHORT):
        stored = decompressobj(-_LEAST_WINDOW, _FAMILIAR).decompress(stored[len(_SHORT) :])
    return json.loads(stored.decode("utf-8", "surrogatepass"))


class NumberedChoiceField(_CompactField):
    """One of the field's choices, stored as its index; so a new choice must come last, and none may be removed."""

    lookups = ("exact", "in", "isnull")

    def get_internal_type(self) -> str:
        return "SmallIntegerField"

    def get_prep_value(self, value: Any) -> Any:
        return value if value is None else self._values.index(value)

    def from_db_value(self, value: Any, *_: Any) -> Any:
        # A migration from before the choices were numbered may read them with today's models.
        return self._values[value] if isinstance(value, int) else value

    @cached_property
    def _values(self) -> list[Any]:
        return [key for key, _ in self.flatchoices]


class DigestField(_CompactField):
    """A digest, in Python a text of hexadecimal digits, stored as bytes."""

    lookups = ("exact", "in", "isnull")

    def get_internal_type(self) -> str:
        return "BinaryField"

    def get_prep_value(self, value: Any) -> Any:
        return bytes.fromhex(value) if isinstance(value, str) else value

    def from_db_value(self, value: Any, *_: Any) -> Any:
        return value if value is None else bytes(value).hex()


class HTMLField(_CompactField, models.TextField):
    """The HTML of the text in the column `text`; if it is just that text, escaped, null is stored instead.

    A query that reads the column gets, for null, the text as the database escapes it, so that signs such as "<" in a
    text never act as HTML. Functions, orders and raw SQL see null.
    """

    lookups = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"null": True})

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        return leave_out_same(super().pre_save(model_instance, add), model_instance.text)

    def select_format(self, compiler: Any, sql: str, params: Any) -> tuple[str, Any]:
        text = f"{sql.rpartition('.')[0]}.{compiler.quote_name_unless_alias('text')}"
        for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
            text = f"REPLACE({text}, '{sign}', '{entity}')"
        return f"COALESCE({sql}, {text})", params


def leave_out_same(html: str, text: str) -> str | None:
    """Return the HTML of a text as `HTMLField` stores it: None if it is just the text, escaped."""
    plain = "&" not in text and "<" not in text and ">" not in text  # as most texts are: nothing is to be escaped
    return None if html == (text if plain else escape(text, quote=False)) else html
