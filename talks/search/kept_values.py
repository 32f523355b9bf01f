"""Keeps in memory what is read from the base, as long as the base has the same version."""

from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Any, ParamSpec, TypeVar

from django.conf import settings

from talks.models import read_version

P = ParamSpec("P")
T = TypeVar("T")


def keep_for_version(read: Callable[P, T]) -> Callable[P, T]:
    """Return the function so that it keeps its results, by its arguments, until the version of the base changes.

    The results must depend on the arguments and the base only, and nobody may change them. Without the setting
    `PAGES_KEPT` nothing is kept.
    """
    lock = Lock()
    kept: dict[Any, tuple[str, T]] = {}

    @wraps(read)
    def load(*args: P.args, **named: P.kwargs) -> T:
        if not settings.PAGES_KEPT:
            return read(*args, **named)
        version, key = read_version().number, (args, tuple(sorted(named.items())))
        with lock:
            held = kept.get(key)
            if held is None or held[0] != version:
                held = kept[key] = version, read(*args, **named)
            return held[1]

    return load
