"""After many edits in real posts are written back, an import changes nothing."""

import shutil
from pathlib import Path

import pytest

from talks import backup, names
from talks.importing import import_posts
from talks.models import Takeaway, Talk
from talks.write_back import write_back
from tests import builders

pytestmark = pytest.mark.django_db

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@pytest.mark.slow
def test_an_import_after_write_back_changes_nothing(tmp_path):
    folder = tmp_path / "notes"
    for path in sorted(SAMPLES.glob("*/*.md"))[:6]:
        (folder / path.parent.name).mkdir(parents=True, exist_ok=True)
        shutil.copy(path, folder / path.parent.name)
    shutil.copy(SAMPLES / "confnotes.toml", folder)
    import_posts([folder])
    for row in Takeaway.objects.filter(kind__in=["point", "paragraph"]).order_by("pk")[::3]:
        Takeaway.objects.filter(pk=row.pk).update(text=f"{row.text} And so on.")
    for talk in Talk.objects.order_by("pk")[::2]:
        if any(talk.title in line for line in talk.sources.get().post.source.splitlines() if line.startswith("#")):
            title = f"{talk.title} Revisited"
            Talk.objects.filter(pk=talk.pk).update(title=title, sort_key=names.sort_key(title))
        builders.make_takeaway(talk, f"Written here about {talk.title}")
    ids = sorted(Takeaway.objects.values_list("public_id", flat=True))
    report = write_back([folder])
    written = [item.what for outcome in report.outcomes for item in outcome.written]
    refused = [item for outcome in report.outcomes for item in outcome.refused]
    assert (refused, [outcome.fault for outcome in report.outcomes if outcome.fault]) == ([], [])
    assert {"takeaway", "talk's title", "new takeaway"} == set(written)
    again = import_posts([folder])
    assert {outcome.outcome for outcome in again.outcomes} == {"unchanged"}
    assert sorted(Takeaway.objects.values_list("public_id", flat=True)) == ids
    assert write_back([folder]).outcomes == ()
    assert backup.check_base() == []
