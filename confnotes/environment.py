"""Reads settings from environment variables, once at start; a wrong value fails with a sentence that names it."""

import os
import re
from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

PAGES_IN_MEMORY = 1_000
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
ENGINES = {"django.db.backends.postgresql": "PostgreSQL", "django.db.backends.sqlite3": "SQLite"}
_HOST = re.compile(r"[a-z0-9_.-]+|\[[0-9a-f:.]+\]", re.IGNORECASE)
_SITE_URL = re.compile(rf"(?P<url>https?://({_HOST.pattern})(:(?P<port>[0-9]{{1,5}}))?)/?", re.IGNORECASE)


class EnvironmentFault(ImproperlyConfigured):
    """A value of an environment variable cannot be used; the text is for the person who set it."""


def read_text(name: str, default: str = "") -> str:
    """Return an environment variable without white space around it; `default` if it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def read_flag(name: str, *, default: bool) -> bool:
    """Return True for an environment variable that is 1, true, yes or on, False for 0, false, no or off.

    Unset or empty, it is `default`; any other value raises `EnvironmentFault`.
    """
    value = read_text(name, "yes" if default else "no").lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise EnvironmentFault(f"{name} is {value!r}; it must be 1 or 0.")


def read_count(name: str, default: int) -> int:
    """Return the whole number, 0 to 999,999,999, of an environment variable; `default` if it is unset or empty.

    Any other value raises `EnvironmentFault`.
    """
    value = read_text(name, str(default))
    if not re.fullmatch("[0-9]{1,9}", value):
        raise EnvironmentFault(f"{name} is {value[:40]!r}; it must be a whole number from 0 to 999999999.")
    return int(value)


def read_share(name: str, default: float) -> float:
    """Return the number, 0 to 1, of an environment variable; `default` if it is unset or empty.

    Any other value raises `EnvironmentFault`.
    """
    value = read_text(name, str(default))
    if not re.fullmatch(r"0?\.[0-9]{1,6}|[01](?:\.0{1,6})?", value):
        raise EnvironmentFault(f"{name} is {value[:40]!r}; it must be a number from 0 to 1.")
    return float(value)


def read_choice(name: str, choices: Collection[str], default: str) -> str:
    """Return an environment variable in capitals, or `default` if it is unset or empty.

    A value that is none of the choices raises `EnvironmentFault`.
    """
    value = read_text(name, default).upper()
    if value not in choices:
        raise EnvironmentFault(f"{name} is {value!r}; it must be one of {', '.join(choices)}.")
    return value


def read_hosts(name: str) -> list[str]:
    """Return the host names, in small letters, that an environment variable lists with commas; none if it is unset.

    What is no host name raises `EnvironmentFault`.
    """
    hosts = [part.strip().lower() for part in read_text(name).split(",") if part.strip()]
    for host in hosts:
        if not _HOST.fullmatch(host):
            raise EnvironmentFault(f"{name} holds {host!r}; it must name hosts, without scheme, port or wildcard.")
    return hosts


def read_site_url(name: str, default: str) -> str:
    """Return the address at which readers open the site: scheme, host and port, if any, without a slash at the end."""
    value = read_text(name, default)
    match = _SITE_URL.fullmatch(value)
    if not match or int(match["port"] or 0) > 65_535:
        raise EnvironmentFault(f"{name} is {value!r}; it must be like https://notes.example.org, with no path.")
    return match["url"].lower()


def read_host(url: str) -> str:
    """Return the host of a URL as ALLOWED_HOSTS needs it: without port, IPv6 in brackets."""
    host = urlsplit(url).hostname or ""
    return f"[{host}]" if ":" in host else host


def read_database(name: str, default: str) -> dict[str, Any]:
    """Return Django's settings for the database whose URL an environment variable has, or `default` if it is unset.

    A URL of no PostgreSQL or SQLite database raises `EnvironmentFault`.
    """
    try:
        database: dict[str, Any] = dict(dj_database_url.parse(read_text(name, default)))
    except ValueError as fault:
        raise EnvironmentFault(
            f"{name} is not understood; it must be like postgres://user:password@host:5432/name or sqlite:///path."
        ) from fault
    if database["ENGINE"] not in ENGINES or not database["NAME"]:
        raise EnvironmentFault(f"{name} must name a database of {' or '.join(ENGINES.values())}.")
    return database


def read_cache(name: str) -> dict[str, Any]:
    """Return Django's settings for the page cache: a Redis server by the URL in an environment variable.

    If it is unset, pages are cached in each process's own memory. A URL of anything else raises `EnvironmentFault`.
    """
    url = read_text(name)
    if not url:
        backend = "django.core.cache.backends.locmem.LocMemCache"
        return {"BACKEND": backend, "LOCATION": "pages", "OPTIONS": {"MAX_ENTRIES": PAGES_IN_MEMORY}}
    if urlsplit(url).scheme not in {"redis", "rediss"} or not urlsplit(url).hostname:
        raise EnvironmentFault(f"{name} is {url[:80]!r}; it must look like redis://host:6379/0.")
    return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url}
