"""Lists what an import did to each row, as entries for the rows' histories.

New rows of a new post get no entries, nor do texts that stay as edited, and editors' takeaways that a post now says.

An entry names its row (`talk:` and its primary key, `takeaway:` and its permalink, `post`), what was done and, for a
changed text, the field with the texts before and after.
"""

from collections.abc import Iterator, Sequence

from talks.importing.reconcile.plan import Done, Plan, RowChange

Entry = dict[str, str]
POST_BACK: Entry = {"row": "post", "done": Done.BACK.value}
_UNTOLD = {Done.KEPT, Done.ADOPTED}


def list_history_entries(plan: Plan, talks: Sequence[int]) -> list[Entry]:
    """Return the entries that the plan adds to the histories of a post, its talks and takeaways.

    `talks` are the primary keys of the plan's talks. A row that is created with its post has no entry for that.
    """
    entries = list(_list_tag_entries(plan.changes)) if plan.pk else []
    for change in plan.changes:
        new = plan.pk is None and change.done is Done.ADDED
        if change.kind in ("tag", "address") or change.done in _UNTOLD or new:
            continue
        if change.kind == "takeaway":
            row = f"takeaway:{change.public_id}"
        else:
            row = "post" if change.talk is None else f"talk:{talks[change.talk]}"
        entry = {"row": row, "done": change.done.value}
        texts = {"field": change.field, "before": change.before, "after": change.after}
        entries.append({**entry, **texts} if change.field else entry)
    return entries


def _list_tag_entries(changes: Sequence[RowChange]) -> Iterator[Entry]:
    before, after = (
        "\n".join(sorted(change.name for change in changes if change.kind == "tag" and change.done is done))
        for done in (Done.WITHDRAWN, Done.ADDED)
    )
    if before or after:
        yield {"row": "post", "done": "changed", "field": "tags", "before": before, "after": after}
