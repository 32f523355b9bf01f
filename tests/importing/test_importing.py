"""Importing posts for the first time, and again without changes."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from talks.backup import check_base
from talks.importing import Content, NotFoundError, import_posts, read_last
from talks.importing.batch import BatchWriter
from talks.models import (
    Citation,
    Conference,
    Day,
    ImportOutcome,
    ImportRun,
    Post,
    Reference,
    Series,
    Speaker,
    Tag,
    Takeaway,
    Talk,
)
from tests import builders
from tests.importing.conftest import DAY_1, dump

pytestmark = pytest.mark.django_db

DAY_2 = (
    DAY_1.replace("day 1", "day 2")
    .replace("day: 1", "day: 2")
    .replace("testing-days-1", "testing-days-2")
    .replace("Boxes on Ships with Ada Brown", "Trains of Thought with Eve Fox and Carl Dent")
    .replace("Herding Cats", "Feeding Cats")
    .replace("Docker images ought to be small ones", "A train leaves when it is full")
    .replace("Two talks", "Two more talks")
)


def count_writes(queries: CaptureQueriesContext) -> list[str]:
    """Return the table of each write, in the order of the queries."""
    write = re.compile(r'(?:\d+ times: )?(?:INSERT[\w ]*? INTO|UPDATE|DELETE FROM) "(\w+)"')
    found = (write.match(query["sql"]) for query in queries)
    return [match[1] for match in found if match]


def test_an_imported_post_is_stored_as_rows(write):
    report = import_posts([write("2019/day-1.md", DAY_1)])
    post = Post.objects.get()
    assert (post.key, post.stem, post.title, post.writer.name) == (
        "2019/day-1.md",
        "day-1",
        "Notes from Testing Days 2019, day 1",
        "Ann Writer",
    )
    assert (str(post.published_on), post.language, post.visibility) == ("2019-05-02", "en", "public")
    assert (post.source, post.intro) == (DAY_1, "Two talks and a lot of coffee.")
    assert post.intro_html == "<p>Two talks and a lot of coffee.</p>"
    assert post.lines == [[1, 12, "front-matter"], [13, 13, "intro"], [15, 15, "talk"], [21, 21, "talk"]]
    assert [str(day) for day in post.days.all()] == ["Testing Days 2019 – Day 1"]
    assert [day.date for day in post.days.all()] == [None]
    assert list(post.aliases.values_list("path", flat=True)) == ["/2019/05/02/testing-days-1"]
    assert [
        (talk.position, talk.title, talk.slug, [str(appearance) for appearance in talk.appearances.all()])
        for talk in Talk.objects.all()
    ] == [(1, "Boxes on Ships", "boxes-on-ships", ["Ada Brown"]), (2, "Herding Cats", "herding-cats", ["Carl Dent"])]
    assert [(point.position, point.text, point.parent_id and point.parent.position) for point in read_points()] == [
        (1, "Docker images ought to be small ones", None),
        (2, "Layers are cached and shared between builds", None),
        (3, "The order of the lines decides how well", 2),
        (4, "More of it is in [the manual](https://docs.docker.com/build/)", None),
    ]
    assert read_points()[0].html == "Docker images ought to be small ones"
    assert [(outcome.path, outcome.outcome, outcome.diagnostics) for outcome in report.outcomes] == [
        (report.outcomes[0].path, "created", ())
    ]
    assert {noun: counts["created"] for noun, counts in report.totals.items()} == {
        "posts": 1,
        "conferences": 1,
        "days": 1,
        "talks": 2,
        "speakers": 2,
        "takeaways": 7,
        "references": 1,
    }


def read_points() -> list[Takeaway]:
    return list(Takeaway.objects.filter(talk__slug="boxes-on-ships"))


def test_links_in_notes_become_references(write):
    import_posts([write("a.md", DAY_1)])
    citation = Citation.objects.get()
    assert (citation.title, citation.position, citation.takeaway) == ("the manual", 1, read_points()[3])
    reference = Reference.objects.get()
    assert (reference.url, reference.host, reference.kind) == (
        "https://docs.docker.com/build/",
        "docs.docker.com",
        "site",
    )


def test_a_posts_tags_are_given_to_talks_mentioning_them(write):
    import_posts([write("a.md", DAY_1)])
    assert {str(tag): origin for tag, origin in read_tagged(Post.objects.get())} == {
        "Docker": "post",
        "Kubernetes": "post",
        "Baking": "post",
    }
    assert [[(str(tag), origin) for tag, origin in read_tagged(talk)] for talk in Talk.objects.all()] == [
        [("Caching", "mention"), ("Docker", "mention")],
        [("Kubernetes", "mention")],
    ]
    docker = Tag.objects.get(name="Docker")
    assert [item.content_object.position for item in docker.tagged_takeaways.all()] == [1]


def read_tagged(row: Post | Talk) -> list[tuple[Tag, str]]:
    return [(item.tag, item.origin) for item in row.tagged.order_by("tag__name")]


def test_a_posts_tag_is_resolved_by_alias(write):
    builders.make_tag("Containers", aliases=["docker", "boxes"])
    import_posts([write("a.md", DAY_1)])
    assert sorted(map(str, Post.objects.get().tags.all())) == ["Baking", "Containers", "Kubernetes"]
    assert [str(tag) for tag in Talk.objects.get(slug="boxes-on-ships").tags.all()] == ["Caching", "Containers"]


def test_importing_unchanged_posts_writes_only_the_run(write):
    path = write("a.md", DAY_1)
    import_posts([path])
    before = dump()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        report = import_posts([path])
    assert count_writes(queries) == ["talks_importrun", "talks_importoutcome", "talks_importrun"]
    assert dump() == before
    assert [outcome.outcome for outcome in report.outcomes] == ["unchanged"]
    assert {noun: counts["unchanged"] for noun, counts in report.totals.items()} == {
        "posts": 1,
        "conferences": 1,
        "days": 1,
        "talks": 2,
        "speakers": 2,
        "takeaways": 7,
        "references": 1,
    }


def test_an_unchanged_post_is_not_parsed(write, monkeypatch):
    path = write("a.md", DAY_1)
    import_posts([path])
    monkeypatch.setattr("talks.importing.parse_worker.parse_post", None)
    assert import_posts([path]).outcomes[0].outcome == "unchanged"


def test_posts_parsed_again_by_new_parser_versions_are_reported_unchanged(write, monkeypatch):
    path = write("a.md", DAY_1)
    import_posts([path])
    before = dump()
    monkeypatch.setattr("talks.importing.post_identity.PARSER_VERSION", "next")
    assert import_posts([path]).outcomes[0].outcome == "unchanged"
    after = dump()
    assert [name for name in before if before[name] != after[name]] == ["Post"]
    assert before["Post"][0].keys() == {
        key for key, value in after["Post"][0].items() if value == before["Post"][0][key] or key in {"digest", "run_id"}
    }


def test_an_import_needs_a_limited_number_of_queries(write):
    path = write("a.md", DAY_1)
    with CaptureQueriesContext(connection) as queries:
        import_posts([path])
    assert len(queries) < 130
    path.write_text(DAY_1 + "* One more\n")
    with CaptureQueriesContext(connection) as queries:
        import_posts([path])
    assert len(queries) < 110


def test_importing_new_talks_does_not_select_their_takeaways_texts(write):
    path = write("a.md", DAY_1)
    with CaptureQueriesContext(connection) as queries:
        import_posts([path])
    assert not [
        query["sql"] for query in queries if "SELECT" in query["sql"] and '"talks_takeaway"."text"' in query["sql"]
    ]


def test_importing_ten_posts_needs_as_many_queries_as_three(tmp_path, monkeypatch):
    monkeypatch.setattr("talks.importing.batch_size._SECONDS", 600)
    counts = []
    for count in (3, 10):
        folder = tmp_path / str(count)
        folder.mkdir()
        for number in range(count):
            text = DAY_1.replace("small", f"small{count}-{number}").replace("Boxes", f"Boxes {count}-{number}")
            (folder / f"{count}-{number}.md").write_text(text)
        with CaptureQueriesContext(connection) as queries:
            import_posts([folder])
        counts.append(len(queries))
    assert (Post.objects.count(), Talk.objects.count()) == (13, 14)
    assert counts[1] <= counts[0] + 2


@pytest.mark.slow
@pytest.mark.parametrize(("long", "sizes"), [("", [8, 4, 4, 4]), ("x" * 30_000, [1] * 20)])
def test_slow_machines_write_batches_of_four_short_or_one_long(tmp_path, monkeypatch, long, sizes):
    """A batch has four short posts or one long post."""
    taken = []
    write = BatchWriter.write_batch
    monkeypatch.setattr("talks.importing.batch_size._SECONDS", 0)
    monkeypatch.setattr("talks.importing.batch_size._LONGEST_SECONDS", 600)
    monkeypatch.setattr(BatchWriter, "write_batch", lambda self, batch: taken.append(len(batch)) or write(self, batch))
    for number in range(20):
        (tmp_path / f"{number}.md").write_text(
            f"# Notes {number}\n\n## Talk {number} with Anna Person\n* {number} {long}\n"
        )
    import_posts([tmp_path])
    assert taken == sizes
    assert Post.objects.count() == 20


def test_a_post_that_parses_slowly_is_written_at_once(tmp_path, monkeypatch):
    taken = []
    write = BatchWriter.write_batch
    monkeypatch.setattr("talks.importing.batch_size._LONGEST_SECONDS", 0)
    monkeypatch.setattr(BatchWriter, "write_batch", lambda self, batch: taken.append(len(batch)) or write(self, batch))
    for number in range(3):
        (tmp_path / f"{number}.md").write_text(f"# Notes {number}\n\n## Talk {number} with Anna Person\n* {number}\n")
    import_posts([tmp_path])
    assert taken == [1, 1, 1]


def test_queries_of_an_import_do_not_grow_with_posts_talks(write):
    counts = []
    for size in (10, 30):  # beyond this SQLite takes the rows in several goes
        talks = "".join(
            f"## Talk {size}-{n} with {'ABCDEFGHIJ'[n % 10]}nna Person{'abcdefghij'[n // 10]}\n* One {n}\n* Two {n}\n\n"
            for n in range(size)
        )
        with CaptureQueriesContext(connection) as queries:
            import_posts([write(f"{size}.md", f"# Testing {size} Days 2019\n\n{talks}")])
        counts.append(len(queries))
    assert Talk.objects.count() == 40
    # Rows that the search index takes in several goes, and another of its blocks, which the number of a talk may begin.
    assert counts[1] <= counts[0] + 12


def test_two_posts_share_conference_speakers_and_tags(write):
    write("1.md", DAY_1)
    report = import_posts([write("2.md", DAY_2).parent])
    assert [report.totals[noun]["created"] for noun in ("posts", "conferences", "days", "talks", "speakers")] == [
        2,
        1,
        2,
        4,
        3,
    ]
    assert Series.objects.get().conferences.get().days.count() == 2
    assert Speaker.objects.get(name="Carl Dent").talks.count() == 3
    assert [(str(day), day.talks.count()) for day in Day.objects.all()] == [
        ("Testing Days 2019 – Day 1", 2),
        ("Testing Days 2019 – Day 2", 2),
    ]


def test_permalinks_do_not_depend_on_the_order_of_imports(write):
    paths = [write(f"{name}.md", text) for name, text in (("b", DAY_1), ("a", DAY_2), ("c", DAY_1 + "* And this\n"))]

    def read_permalinks() -> set[tuple[str, str, str]]:
        return set(Takeaway.objects.values_list("post__key", "text", "public_id"))

    for path in paths:
        import_posts([path])
    before = read_permalinks()
    for model in (Takeaway, Post, Talk):
        model.objects.all().delete() if model is not Post else [post.delete() for post in Post.objects.all()]
    for path in reversed(paths):
        import_posts([path])
    assert len(before) == 22
    assert read_permalinks() == before


def test_takeaways_with_equal_texts_have_different_permalinks(write):
    import_posts([write("a.md", DAY_1.replace("Labels are the glue between all of its parts", "Same\n* Same\n* Same"))])
    same = Takeaway.objects.filter(text="Same").values_list("public_id", flat=True)
    assert len(set(same)) == 3


def test_takeaways_get_the_next_permalink_if_theirs_is_taken(write, monkeypatch):
    monkeypatch.setattr(
        "talks.importing.post_identity._make_permalink", lambda key, text, number: f"{len(text)}-{number}"
    )
    import_posts([write("a.md", DAY_1)])
    import_posts([write("b.md", DAY_2)])
    assert Takeaway.objects.count() == 14


OTHER_EVENT = "---\nconference: {0}\n---\n## Moss of {0} with Una Verde\n* Note of {0}\n"


def test_a_series_is_found_in_any_case_and_by_alias(write):
    series = builders.make_series("testing  DAYS")
    import_posts([write("a.md", DAY_1)])
    series.aliases = ["Td"]
    series.save()
    import_posts([write("b.md", DAY_2.replace("series: Testing Days", "series: TD"))])
    assert [str(conference) for conference in Conference.objects.all()] == ["testing DAYS 2019"]


def test_a_report_has_one_outcome_for_each_given_post(write):
    folder = write("a.md", DAY_1).parent
    write("empty.md", "\n")
    write("copy.md", DAY_1)
    (folder / "link.md").symlink_to("a.md")
    report = import_posts([folder])
    assert [(outcome.path.rpartition("/")[2], outcome.outcome) for outcome in report.outcomes] == [
        ("a.md", "created"),
        ("copy.md", "skipped"),
        ("empty.md", "refused"),
        ("link.md", "skipped"),
    ]
    assert report.refused == 1


def test_a_runs_report_can_be_read_again(write):
    folder = write("a.md", DAY_1).parent
    write("empty.md", "\n")
    report = import_posts([folder])
    run = ImportRun.objects.get()
    assert (run.given, run.totals) == ([str(folder)], report.totals)
    assert run.finished_at is not None
    again = read_last()
    assert (again.outcomes, again.totals) == (report.outcomes, report.totals)
    assert set(Takeaway.objects.values_list("run", flat=True)) == {run.pk}
    assert ImportOutcome.objects.get(outcome="created").post == Post.objects.get()


def test_there_is_no_last_report_before_any_run():
    assert read_last() is None


def test_a_dry_run_reports_the_same_without_writing(write):
    write("b.md", DAY_2)
    write("other/c.md", DAY_1.replace("Ann Writer", "Bob Writer").replace("-1/", "-3/") + "* And this\n")
    path = write("a.md", DAY_1)
    folder = path.parent
    write("empty.md", "\n")
    before = dump(but=())
    dry = import_posts([folder], dry_run=True)
    assert dump(but=()) == before
    real = import_posts([folder])
    assert (dry.outcomes, dry.totals) == (real.outcomes, real.totals)
    assert (dry.dry_run, real.dry_run) == (True, False)
    path.write_text(DAY_1.replace("Herding Cats", "Washing Cats").replace("cached", "kept for later"))
    before = dump(but=())
    dry = import_posts([folder], dry_run=True)
    assert dump(but=()) == before
    real = import_posts([folder])
    assert (dry.outcomes, dry.totals) == (real.outcomes, real.totals)
    assert dry.totals["posts"] == {"created": 0, "updated": 1, "unchanged": 2, "withdrawn": 0}


def test_dry_runs_count_shared_talks_and_speakers_like_runs(write):
    names = ["a.md", "b.md", "c.md"]
    paths = [write(name, DAY_1.replace("-1/", f"-{name}/").replace("Two talks", f"In {name}")) for name in names]
    folder = paths[0].parent
    import_posts([folder])
    paths[0].write_text(paths[0].read_text().replace("Ada Brown", "Carl Dent"))
    paths[1].write_text(paths[1].read_text().replace("small ones", "tiny ones"))
    dry, real = import_posts([folder], dry_run=True), import_posts([folder])
    assert (dry.outcomes, dry.totals) == (real.outcomes, real.totals)
    assert real.totals["speakers"]["unchanged"] == 1


def test_strict_imports_refuse_posts_with_warnings(write):
    good = write("good.md", DAY_2)
    odd = write("odd.md", DAY_1.replace("/2019/05/02/testing-days-1/", "/admin/"))
    report = import_posts([good, odd], strict=True)
    assert [outcome.outcome for outcome in report.outcomes] == ["created", "refused"]
    assert [said["code"] for said in report.outcomes[1].diagnostics] == ["alias-dropped"]
    assert [post.key for post in Post.objects.all()] == ["good.md"]
    assert import_posts([odd]).outcomes[0].outcome == "created"


def test_a_path_that_does_not_exist_stops_the_import(write):
    path = write("a.md", DAY_1)
    with pytest.raises(NotFoundError):
        import_posts([path, path.parent / "nowhere.md"])
    assert (Post.objects.count(), ImportRun.objects.count()) == (0, 0)


def test_content_without_a_file_is_imported():
    report = import_posts([Content("2019/day-1.md", DAY_1.encode())])
    assert [(outcome.path, outcome.outcome) for outcome in report.outcomes] == [("2019/day-1.md", "created")]
    assert import_posts([Content("2019/day-1.md", DAY_1.encode())]).outcomes[0].outcome == "unchanged"


def test_progress_of_an_import_is_reported_post_by_post(write):
    folder = write("a.md", DAY_1).parent
    write("b.md", DAY_2)
    heard = []
    import_posts([folder], on_progress=lambda done, total, outcome: heard.append((done, total, outcome.outcome)))
    assert heard == [(1, 2, "created"), (2, 2, "created")]


def test_an_empty_folder_imports_nothing(tmp_path):
    report = import_posts([tmp_path])
    assert (report.outcomes, report.refused) == ((), 0)


def test_link_definitions_at_the_end_of_a_post_are_resolved(write):
    text = DAY_1.replace("a lot of coffee", "a lot of [coffee][1]").replace("Labels are", "[Labels][2] are")
    import_posts([write("2019/day-1.md", f"{text}\n[1]: https://coffee.example/\n[2]: https://labels.example/\n")])
    takeaway = Takeaway.objects.get(text__contains="Labels")
    assert takeaway.text == "[Labels](https://labels.example/) are the glue between all of its parts"
    assert 'href="https://labels.example/"' in takeaway.html
    post = Post.objects.get()
    assert (post.intro, 'href="https://coffee.example/"' in post.intro_html) == (
        "Two talks and a lot of [coffee](https://coffee.example/).",
        True,
    )


def test_text_below_nested_items_is_a_takeaway_of_its_own(write):
    text = DAY_1.replace(
        "* More of it",
        "\n  It goes on.\n\n  | a | b |\n  |---|---|\n  | 1 | 2 |\n\n  ```\n  one\n\n  two\n  ```\n* More of it",
    )
    import_posts([write("a.md", text)])
    below = Takeaway.objects.filter(parent__text__startswith="Layers").order_by("position")
    assert list(below.values_list("kind", "text")) == [
        ("point", "The order of the lines decides how well"),
        ("paragraph", "It goes on."),
        ("paragraph", "| a | b |\n|---|---|\n| 1 | 2 |"),
        ("paragraph", "```\none\n\ntwo\n```"),
    ]
    assert check_base() == []


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize(
    "spellings",
    [
        ("CodeStock", "Code Stock", "Codestock", "Code-Stock"),
        ("MossWest Conf", "Moss West Conference", "MossWestConf", "Moss West"),
        ("OpenMoss Conference", "OpenMoss"),
    ],
)
def test_one_series_may_be_spelled_in_several_ways(write, spellings, together):
    named = [f"{name} {2019 + number % 2}" for number, name in enumerate(spellings)]
    paths = [write(f"{number}.md", OTHER_EVENT.format(name)) for number, name in enumerate(named)]
    for chosen in [paths] if together else [[path] for path in paths]:
        import_posts(chosen)
    assert list(Series.objects.values_list("name", flat=True)) == [spellings[0]]
    assert Conference.objects.count() == 2
    assert check_base() == []
