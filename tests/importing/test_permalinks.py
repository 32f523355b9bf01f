"""Permalinks survive the edits that people make: a small run of bench/permalinks.py, with minimum rates."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from talks.backup import check_base, export_base
from talks.editing import merge_speakers
from talks.importing import import_posts
from talks.models import Conference, Post, Speaker, Takeaway, Talk
from tests import builders
from tests.importing.conftest import DAY_1, bring_in_day_1

pytestmark = pytest.mark.django_db

BENCH = Path(__file__).resolve().parents[2] / "bench" / "permalinks.py"


@pytest.fixture
def bench():
    spec = spec_from_file_location("permalinks", BENCH)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
@pytest.mark.any_database
def test_nearly_all_edited_bullets_keep_their_permalinks(bench, tmp_path):
    score = bench.run(1, 7, 6, tmp_path)
    assert sum(score.given.values()) > 500
    assert score.share() >= 0.98
    assert score.stolen() <= 0.01
    assert score.kept["left"] == score.given["left"]
    assert check_base() == []


def change(write, *changes):
    text = DAY_1
    import_posts([write("day-1.md", text)])
    before = dict(Takeaway.objects.values_list("text", "public_id"))
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    import_posts([write("day-1.md", text)])
    assert check_base() == []
    return before


def test_a_takeaway_absorbed_by_another_redirects_to_it(write, client):
    first, second = "A cluster repairs itself while you sleep", "Kubernetes compares what is with what you asked for"
    before = change(write, (f"{first}\n* {second}", f"{first}, and {second.lower()}"))
    one = Takeaway.objects.get(withdrawn=False, text__startswith=first)
    assert one.public_id == before[second]
    answer = client.get(f"/t/{before[first]}/")
    assert (answer.status_code, answer.headers["Location"]) == (301, one.get_absolute_url())
    bring_in_day_1(write("day-1.md", DAY_1))
    assert dict(Takeaway.objects.values_list("text", "public_id")) == before
    assert Takeaway.objects.exclude(merged_into=None).count() == 0


def test_the_longer_part_of_a_split_takeaway_keeps_the_permalink(write):
    whole = "Kubernetes compares what is with what you asked for"
    before = change(write, (whole, "Kubernetes compares\n* What is with what you asked for"))
    rows = dict(Takeaway.objects.values_list("text", "public_id"))
    assert rows["What is with what you asked for"] == before[whole]
    assert rows["Kubernetes compares"] not in before.values()


def test_equally_titled_talks_that_swap_places_keep_their_addresses(write):
    text = DAY_1.replace("Boxes on Ships", "Closing Words").replace("Herding Cats", "Closing Words")
    import_posts([write("day-1.md", text)])
    slugs = dict(Talk.objects.values_list("slug", "pk"))
    head, boxes, cats = text.partition("## Closing Words with Ada")[0], *text.split("## Closing Words")[1:]
    import_posts([write("day-1.md", f"{head}## Closing Words{cats}\n## Closing Words{boxes}")])
    assert dict(Talk.objects.values_list("slug", "pk")) == slugs
    assert Takeaway.objects.filter(withdrawn=True).count() == 0
    assert Talk.objects.get(slug="closing-words").position == 2
    assert Post.objects.count() == 1
    assert check_base() == []


def list_talks():
    return set(Talk.objects.filter(withdrawn=False).values_list("conference__slug", "slug", "title"))


def follow(client, address):
    answer = client.get(address)
    return answer.status_code, answer.headers.get("Location")


def tell_others(**changes: str) -> str:
    """Return a post like `DAY_1` about another day, with other people and notes; `changes` replace further words."""
    text = DAY_1.replace("aliases:", "old:").replace("day: 1", "day: 2").replace("2019-05-02", "2019-05-03")
    text = text.replace("Ada Brown", "Eve Ford").replace("Carl Dent", "Zoe Quinn")
    for number, line in enumerate(line for line in DAY_1.splitlines() if line.lstrip().startswith("*")):
        text = text.replace(line, f"* Quite another thought, number {number}")
    for old, new in changes.items():
        text = text.replace(old.replace("_", " "), new)
    return text


def test_a_talk_moved_where_its_slug_is_taken_gets_another(write, client):
    """The talk gets another slug, and its old address redirects."""
    import_posts([write("other.md", tell_others(Boxes_on="Crates on").replace("year: 2019", "year: 2017"))])
    Talk.objects.filter(slug="crates-on-ships").update(slug="boxes-on-ships")  # it has another title by now
    bring_in_day_1(write("day-1.md", DAY_1))
    ids = set(Takeaway.objects.values_list("talk__pk", "public_id"))
    talk = Talk.objects.get(conference__year=2019, slug="boxes-on-ships")
    import_posts([write("day-1.md", DAY_1.replace("year: 2019", "year: 2017"))])
    assert check_base() == []
    assert not Conference.objects.filter(slug="testing-days-2019").exists()
    talk.refresh_from_db()
    assert talk.get_absolute_url() == "/talks/testing-days-2017/boxes-on-ships-2/"
    assert follow(client, "/talks/testing-days-2019/boxes-on-ships/") == (301, talk.get_absolute_url())
    assert follow(client, "/talks/testing-days-2019/crates-on-ships/") == (404, None)
    assert set(Takeaway.objects.values_list("talk__pk", "public_id")) == ids


def test_a_talk_moved_to_another_conference_reserves_both_its_addresses(write, client):
    bring_in_day_1(write("day-1.md", DAY_1))
    before = list_talks()
    import_posts([write("day-1.md", DAY_1.replace("year: 2019", "year: 2018"))])
    import_posts([write("other.md", tell_others(Boxes_on="Crates on"))])
    assert list_talks() == {
        ("testing-days-2018", "boxes-on-ships", "Boxes on Ships"),
        ("testing-days-2018", "herding-cats", "Herding Cats"),
        ("testing-days-2019", "crates-on-ships", "Crates on Ships"),
        ("testing-days-2019", "herding-cats-2", "Herding Cats"),
    }
    assert follow(client, "/talks/testing-days-2019/herding-cats/") == (301, "/talks/testing-days-2018/herding-cats/")
    bring_in_day_1(write("day-1.md", DAY_1))
    assert before - list_talks() == set()
    assert follow(client, "/talks/testing-days-2018/herding-cats/") == (301, "/talks/testing-days-2019/herding-cats/")
    assert follow(client, "/talks/testing-days-2019/herding-cats/") == (200, None)
    assert check_base() == []


def test_exports_contain_old_addresses_of_talks(write):
    bring_in_day_1(write("day-1.md", DAY_1))
    import_posts([write("day-1.md", DAY_1.replace("year: 2019", "year: 2018"))])
    lines = "".join(export_base())
    assert lines.count('"addresses":[{"conference_slug":"testing-days-2019","slug":"herding-cats"}]') == 1


def test_the_address_of_a_merged_speaker_stays_reserved(write, client):
    bring_in_day_1(write("day-1.md", DAY_1))
    kept, other = Speaker.objects.get(name="Carl Dent"), Speaker.objects.get(name="Ada Brown")
    merge_speakers(kept, [other])
    import_posts([write("other.md", tell_others(Boxes_on="Crates on", Eve_Ford="Áda Brown"))])
    assert Speaker.objects.get(name="Áda Brown").slug == "ada-brown-2"
    assert builders.make_speaker("Àda Brown").slug == "ada-brown-3"
    assert follow(client, "/speakers/ada-brown/") == (301, "/speakers/carl-dent/")
