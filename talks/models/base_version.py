"""Counts a version of everything that readers see: each transaction that changes public rows inserts a mark.

Cached pages are valid for one version. Marks are rows because a single number would be locked from a transaction's
first write to its end, and editors and imports would wait for each other.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.apps import apps
from django.db import connection, connections, models, transaction
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate
from django.dispatch import receiver
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

MOST_MARKS = 1_000  # older marks are deleted
_WRITE = re.compile(
    r'\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM)\s+"?(?P<table>talks_\w+)', re.IGNORECASE
)
# Tables that no public page shows: the history of imports, and work that waits for an editor.
_PRIVATE_MODELS = ("ImportRun", "ImportOutcome", "Conflict", "Decision", "EditorTouch", "BaseChange")

_migrating: set[str] = set()  # databases whose tables may not exist yet


class BaseChange(models.Model):
    """A mark that a transaction changed rows that readers may see."""

    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.pk}, {self.at:%Y-%m-%d %H:%M:%S}"


class BaseVersion(NamedTuple):
    """A version of the base, and the time `at` of its last mark; a mark is a `BaseChange`.

    `number` is made of the last mark's id and the number of marks, since marks may be committed out of order; it tells
    only whether two versions are equal.
    """

    number: str
    at: datetime | None


def read_version() -> BaseVersion:
    """Return the present version of the base, by one query written by hand, since every page asks for it first."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT MAX(id), COUNT(*), MAX(at) FROM {BaseChange._meta.db_table}")  # noqa: S608
        last, count, at = cursor.fetchone()
    if isinstance(at, str):  # SQLite knows no times
        at = datetime.fromisoformat(at).replace(tzinfo=UTC)
    return BaseVersion(f"{last or 0}.{count}", at)


@receiver(connection_created)
def watch_writes(connection: Any, **kwargs: Any) -> None:
    """Make the first write to a public table in each transaction of this connection insert a mark."""
    if _mark_writes not in connection.execute_wrappers:
        connection.execute_wrappers.append(_mark_writes)


@receiver(pre_migrate)
def _stop_marking(using: str, **kwargs: Any) -> None:
    _migrating.add(using)


@receiver(post_migrate)
def _resume_marking(using: str, **kwargs: Any) -> None:
    _migrating.discard(using)


_private_tables: Any = SimpleLazyObject(
    lambda: frozenset(apps.get_model("talks", name)._meta.db_table for name in _PRIVATE_MODELS)
)


def _mark_writes(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    result = execute(sql, params, many, context)
    found = _WRITE.match(sql) if isinstance(sql, str) else None
    alias = context["connection"].alias
    if found and found["table"] not in _private_tables and alias not in _migrating:
        _mark_transaction(connections[alias])
    return result


def _mark_transaction(connection: Any) -> None:
    """Insert a `BaseChange` row unless this transaction has inserted one already.

    A commit hook remembers that the row is there: rolling back a savepoint drops both, and the next write inserts a new
    row. Every thousandth row deletes old rows.
    """
    if connection.in_atomic_block and any(hook is _note_commit for _, hook, _ in connection.run_on_commit):
        return
    change = BaseChange.objects.using(connection.alias).create()
    if change.pk % MOST_MARKS == 0:
        with connection.cursor() as cursor:  # the model's transaction would end a statement that still runs
            table = connection.ops.quote_name(BaseChange._meta.db_table)
            cursor.execute(f"DELETE FROM {table} WHERE id < %s", [change.pk - MOST_MARKS // 2])  # noqa: S608
    if connection.in_atomic_block:
        transaction.on_commit(_note_commit, using=connection.alias)


def _note_commit() -> None:
    """Do nothing: the presence of this hook in `run_on_commit` shows that the transaction has its mark."""
