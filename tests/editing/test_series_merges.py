"""Series that an editor merges, splits and renames."""

import pytest

from talks.backup import check_base
from talks.editing import merge_series, split_series
from talks.importing import Content, import_posts
from talks.models import Conference, Day, Series, Talk, TalkSource
from tests.admin.rows import log_in, read_form

pytestmark = pytest.mark.django_db
POST = "---\ntitle: Notes from {event}\n---\n\n## Things {n} by Ann Lee\n\n* One\n\n## Same by Ben Roe\n\n* Two\n"


def bring_in(*events):
    posts = [Content(f"{n}.md", POST.format(event=event, n=n).encode()) for n, event in enumerate(events)]
    return import_posts(posts)


def tell():
    rows = Talk.objects.order_by("conference__year", "day__number", "position")
    return [(str(talk.conference), talk.title) for talk in rows]


def get(name):
    return Series.objects.get(name=name)


def test_merging_series_joins_their_conferences(client):
    bring_in("Acme Conf 2018", "Acmefest 2019")
    merge_series(get("Acme Conf"), [get("Acmefest")])
    assert [str(edition) for edition in Conference.objects.order_by("year")] == ["Acme Conf 2018", "Acme Conf 2019"]
    assert client.get("/series/acmefest/").headers["Location"] == "/series/acme-conf/"
    assert client.get("/conferences/acmefest-2019/").status_code == 200
    assert check_base() == []


def test_editions_of_the_same_year_are_merged(client):
    bring_in("Acme Conf 2019", "Acmefest 2019")
    merge_series(get("Acme Conf"), [get("Acmefest")])
    assert tell() == [("Acme Conf 2019", title) for title in ("Things 0", "Same", "Things 1", "Same")]
    assert client.get("/conferences/acmefest-2019/").headers["Location"] == "/conferences/acme-conf-2019/"
    old = client.get("/talks/acmefest-2019/things-1/")
    assert old.headers["Location"] == "/talks/acme-conf-2019/things-1/"
    assert check_base() == []


@pytest.mark.parametrize("events", [("Acme Conf 2018", "Acmefest 2019"), ("Acme Conf 2019", "Acmefest 2019")])
def test_an_import_after_merging_series_changes_nothing(events):
    bring_in(*events)
    merge_series(get("Acme Conf"), [get("Acmefest")])
    before = tell()
    report = import_posts([Content("1.md", POST.format(event=events[1], n=1).replace("* One", "* Won").encode())])
    assert [said["code"] for said in report.outcomes[0].diagnostics if said["severity"] != "note"] == []
    assert (tell(), Series.objects.count()) == (before, 1)
    assert check_base() == []


def test_splitting_a_series_moves_the_chosen_editions():
    bring_in("Acme Conf 2018", "Acmefest 2019")
    kept = get("Acme Conf")
    merge_series(kept, [get("Acmefest")])
    split_series(kept, "Acmefest", Conference.objects.filter(year=2019))
    assert sorted(map(str, Conference.objects.all())) == ["Acme Conf 2018", "Acmefest 2019"]
    assert kept.aliases == []
    assert check_base() == []


def list_addresses():
    return sorted(talk.get_absolute_url() for talk in Talk.objects.all())


def list_days():
    return sorted(map(str, Day.objects.all()))


def test_splitting_separates_merged_conferences_of_one_year(client):
    bring_in("Acme Conf 2019", "Acmefest 2019")
    before, addresses, days = sorted(tell()), list_addresses(), list_days()
    kept = get("Acme Conf")
    merge_series(kept, [get("Acmefest")])
    assert sorted(tell()) != before
    split_series(kept, "Acmefest", [])
    assert (sorted(tell()), list_addresses(), list_days()) == (before, addresses, days)
    assert client.get("/talks/acmefest-2019/same/").status_code == 200
    assert client.get("/talks/acme-conf-2019/things-1/").headers["Location"] == "/talks/acmefest-2019/things-1/"
    assert check_base() == []
    report = import_posts([Content("1.md", POST.format(event="Acmefest 2019", n=1).replace("One", "Won").encode())])
    assert [said["code"] for said in report.outcomes[0].diagnostics if said["severity"] != "note"] == []
    assert (sorted(tell()), list_addresses()) == (before, addresses)


def test_splitting_off_a_name_moves_conferences_of_posts_using_it():
    bring_in("Acme Conf 2018", "Acmefest 2019")
    kept = get("Acme Conf")
    merge_series(kept, [get("Acmefest")])
    slugs = list(Conference.objects.order_by("year").values_list("slug", flat=True))
    split_series(kept, "Acmefest", [])
    assert sorted(map(str, Conference.objects.all())) == ["Acme Conf 2018", "Acmefest 2019"]
    assert list(Conference.objects.order_by("year").values_list("slug", flat=True)) == slugs
    assert check_base() == []


def test_talks_shared_by_posts_of_both_series_survive_splits():
    bring_in("Acme Conf 2019", "Acmefest 2019")
    kept = get("Acme Conf")
    merge_series(kept, [get("Acmefest")])
    shared = Talk.objects.get(title="Things 0")
    source = TalkSource.objects.filter(post__key="1.md").first()
    TalkSource.objects.filter(pk=source.pk).update(talk=shared)
    Talk.objects.filter(pk=source.talk_id).delete()
    split_series(kept, "Acmefest", [])
    assert str(Talk.objects.get(title="Things 0").conference) == "Acme Conf 2019"
    assert [talk.title for talk in Talk.objects.filter(conference__series__name="Acmefest")] == ["Same"]


def test_a_series_without_aliases_cannot_be_split():
    bring_in("Acme Conf 2018")
    with pytest.raises(LookupError):
        split_series(get("Acme Conf"), "Acmefest", [])


def test_a_renamed_series_former_name_becomes_an_alias():
    bring_in("Acme Conf 2018")
    client, page = log_in(superuser=True), f"/admin/talks/series/{Series.objects.get().pk}/change/"
    client.post(page, read_form(client, page) | {"name": "Acme Conference"})
    bring_in("Acme Conf 2018", "Acme Conf 2018")
    assert [(series.name, series.aliases) for series in Series.objects.all()] == [("Acme Conference", ["Acme Conf"])]


def test_a_name_of_another_series_cannot_be_split_off():
    kept = Series.objects.create(name="Acme Conf", aliases=["Acmefest"])
    Series.objects.create(name="Acmefest")
    data = {"action": "split", "_selected_action": [kept.pk], "name": f"{kept.pk}:Acmefest"}
    assert log_in(superuser=True).post("/admin/talks/series/", data).status_code == 302
    kept.refresh_from_db()
    assert (kept.aliases, Series.objects.count()) == (["Acmefest"], 2)
