"""Keeps the former name of a renamed speaker, tag or series as an alias, until the renaming is undone."""

from collections.abc import Collection
from typing import Any

from talks import names
from talks.derived import find_posts_naming, find_talks_naming, renew
from talks.editing.talks_of_rows import list_talks_of_rows
from talks.models import Series, Speaker, SpeakerAlias, Tag, TagAlias
from talks.models.named_model import taken_slugs


def list_other_names(row: Any) -> list[str]:
    """Return the names of the aliases of a speaker, tag or series; an empty list for other or unsaved rows."""
    if isinstance(row, Series):
        return [str(alias) for alias in row.aliases]
    if isinstance(row, Speaker | Tag) and row.pk:
        return list(row.aliases.values_list("name", flat=True))
    return []


def list_names(tag: Tag) -> set[str]:
    """Return the name of a tag and the names of its aliases."""
    return {tag.name, *list_other_names(tag)}


def keep_former_name(row: Speaker | Tag | Series, former: str) -> None:
    """Store the former name of a speaker, tag or series as an alias of it, so that posts may go on using the name.

    If the speaker has the present name as an alias, that alias gets the former name instead. Nothing is stored if both
    names count as the same, if the former name is an alias already or, for a speaker, if another speaker has it.
    """
    if isinstance(row, Speaker):
        _keep_speaker_name(row, former)
    elif isinstance(row, Tag):
        if names.fold_tag(former) != row.folded:
            TagAlias.objects.get_or_create(folded=names.fold_tag(former), defaults={"tag": row, "name": former})
    elif names.fold_name(former) not in map(names.fold_name, [row.name, *row.aliases]):
        row.aliases = [*row.aliases, former]
        row.save(update_fields=["aliases"])


def _keep_speaker_name(speaker: Speaker, former: str) -> None:
    """Make the former name of a renamed speaker an alias, unless another speaker has that name.

    If the speaker has the present name as an alias, that alias gets the former name, and keeps its address.
    """
    folded = names.fold_name(former)
    if SpeakerAlias.objects.filter(speaker=speaker, folded=speaker.folded).update(name=former, folded=folded):
        return
    if folded != speaker.folded and not Speaker.objects.filter(folded=folded).exists():
        slug = names.choose_slug(former, taken_slugs(Speaker, former), fallback="speaker")
        SpeakerAlias.objects.get_or_create(folded=folded, defaults={"speaker": speaker, "name": former, "slug": slug})


def forget_names(row: Speaker | Tag | Series, gone: Collection[str], kept: Collection[str]) -> None:
    """Remove the names `gone` and the row's present name from the row's aliases, except for names in `kept`.

    What follows from the names of a tag or series is renewed.
    """
    left = {row.fold(name) for name in (*gone, row.name)} - {row.fold(name) for name in kept}
    if isinstance(row, Series):
        row.aliases = [alias for alias in row.aliases if row.fold(str(alias)) not in left]
        row.save(update_fields=["aliases"])
        renew(list_talks_of_rows([row]), find_posts_naming([row]))
        return
    row.aliases.filter(folded__in=left).delete()
    if isinstance(row, Tag):
        renew(find_talks_naming({*gone, row.name}))
