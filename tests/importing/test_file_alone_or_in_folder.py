"""A file is parsed alike, by itself or with its folder; a new file beside others affects their reading at once."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from talks.importing import import_posts
from talks.models import Post, Takeaway, Talk

pytestmark = pytest.mark.django_db(transaction=False)

TEXTS = (
    "# Moss on stones\n\nAnn Lee\n\n* It is green\n* It is soft\n",
    "* Trees are tall\n* Trees are old\n",
    "# Day 1\n\n## Roses – Bob Roy\n\n* red\n\n## Oaks – Eve Fox\n\n* old\n",
    "# Notes from GardenConf 2019\n",
    "Some words of a diary.\n",
)
PLACES = (
    "a.md",
    "b.md",
    "day-1.md",
    "README.md",
    "GardenConf-2019/c.md",
    "GardenConf-2019/README.md",
    "talks/d/README.md",
)
Tree = dict[str, str]


def write(folder: Path, tree: Tree) -> None:
    for number, (place, text) in enumerate(tree.items()):
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text(f"{text}\n* number {number}\n")


def read(files: list[Path]) -> list[object]:
    out = io.StringIO()
    call_command("parse_posts", *map(str, files), stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.mark.slow
@pytest.mark.any_database
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(tree=st.dictionaries(st.sampled_from(PLACES), st.sampled_from(TEXTS), min_size=2), data=st.data())
def test_importing_files_alone_or_with_their_folder_reads_them_equally(tree, data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("notes")
    write(folder, tree)
    files = [folder / place for place in tree]
    shuffled = data.draw(st.permutations(files))
    together = {str(file): found for file, found in zip(files, read(files), strict=True)}
    assert {str(file): read([file])[0] for file in shuffled} == together
    told = {outcome.path: outcome.told for outcome in import_posts([folder], dry_run=True).outcomes}
    alone = {
        outcome.path: outcome.told
        for file in shuffled
        if str(file) in told
        for outcome in import_posts([file], dry_run=True).outcomes
    }
    assert alone == told


def list_posts() -> dict[str, str]:
    return {
        post.path.rpartition("/")[2]: f"{post.conference.series} {post.conference.year}"
        for post in Post.objects.select_related("conference__series")
    }


def test_a_new_readme_naming_the_event_updates_posts_beside_it(tmp_path):
    write(tmp_path / "eve", {"a.md": TEXTS[0], "b.md": TEXTS[2]})
    import_posts([tmp_path / "eve"])
    links = set(Takeaway.objects.values_list("public_id", flat=True))
    talks = set(Talk.objects.values_list("pk", flat=True))
    (tmp_path / "eve/README.md").write_text("# Notes from GardenConf 2019\n\n* one\n* two\n* three\n")
    report = import_posts([tmp_path / "eve/README.md"])
    assert [(Path(post.path).name, post.outcome) for post in report.outcomes] == [
        ("README.md", "created"), ("a.md", "updated"), ("b.md", "updated"),
    ]  # fmt: skip
    assert set(list_posts().values()) == {"GardenConf 2019"}
    assert links <= set(Takeaway.objects.filter(withdrawn=False).values_list("public_id", flat=True))
    assert talks <= set(Talk.objects.values_list("pk", flat=True))
    again = import_posts([tmp_path / "eve"])
    assert {post.outcome for post in again.outcomes} == {"unchanged"}


def test_importing_only_a_new_readme_updates_posts_beside_it_too(tmp_path):
    write(tmp_path / "eve", {"a.md": TEXTS[0]})
    import_posts([tmp_path])
    readme = tmp_path / "eve/README.md"
    readme.write_text("# Notes from GardenConf 2019\n\n* one\n* two\n* three\n")
    report = import_posts([tmp_path], only={str(readme)})
    assert [(Path(post.path).name, post.outcome) for post in report.outcomes] == [
        ("README.md", "created"), ("a.md", "updated"),
    ]  # fmt: skip
    assert set(Post.objects.values_list("key", flat=True)) == {"eve/README.md", "eve/a.md"}


def test_importing_an_unchanged_file_imports_none_beside_it(tmp_path):
    write(tmp_path / "eve", {"a.md": TEXTS[0], "b.md": TEXTS[2]})
    import_posts([tmp_path / "eve"])
    report = import_posts([tmp_path / "eve/a.md"])
    assert [post.outcome for post in report.outcomes] == ["unchanged"]


def test_a_file_moved_to_another_events_folder_changes_its_event(tmp_path):
    write(tmp_path, {"GardenConf-2019/a.md": TEXTS[0], "MossFest-2020/b.md": TEXTS[1]})
    import_posts([tmp_path])
    links = set(Takeaway.objects.values_list("public_id", flat=True))
    (tmp_path / "GardenConf-2019/a.md").rename(tmp_path / "MossFest-2020/a.md")
    import_posts([tmp_path])
    assert list_posts() == {"a.md": "MossFest 2020", "b.md": "MossFest 2020"}
    assert set(Takeaway.objects.values_list("public_id", flat=True)) == links


def test_unchanged_posts_are_reported_with_their_conference_and_talks(tmp_path):
    write(tmp_path, {"GardenConf-2019/day-1.md": TEXTS[2]})
    first = import_posts([tmp_path]).outcomes[0].told
    again = import_posts([tmp_path])
    assert again.outcomes[0].outcome == "unchanged"
    assert again.outcomes[0].told == first
    assert (first.conference, first.days, first.talks) == (("GardenConf", 2019), (1,), 2)
