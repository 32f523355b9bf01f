"""The fields that the importer owns of each kind of row, declared once, and the three-way merge of their values.

This package makes no queries of its own, except when an editor answers a conflict.
"""

from talks.fields.field import Choice, Field, Setting, Table, Values, merge, merge_values
from talks.fields.field_tables import APPEARANCE, LAST_PLACE, POST, POST_ORDER, TAKEAWAY, TALK, Person, show_conference
from talks.models import Post, Takeaway, Talk


def find_table(row: Post | Talk | Takeaway) -> Table:
    """Return the table of fields for rows of the kind of this row."""
    if isinstance(row, Talk):
        return TALK
    return TAKEAWAY if isinstance(row, Takeaway) else POST
