"""Invalid input is refused with errors, odd but valid input is stored, and no page breaks."""

from collections.abc import Iterable
from urllib.parse import quote

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from talks import editing
from talks.admin.base import NOT_DELETED
from talks.admin.bulk_changes import PostsForm
from talks.admin.reading_forms import PostAnswersForm
from talks.admin.version_check import COLLISION
from talks.models import Conference, Day, Series, Speaker, Tag, TagAlias, Takeaway, Talk
from tests import builders as make
from tests.admin.rows import copy_client, log_in, make_world, read_errors, read_form

pytestmark = pytest.mark.django_db

ODD = {
    "nul": "a\0b",
    "bidi": "abc\u202edef",
    "zero width": "a\u200bb",
    "joiner": "a\u200db",
    "soft hyphen": "a\u00adb",
    "blank": " \u00a0\t ",
    "noncharacter": "a\ufffe",
    "too long": "x" * 5000,
    "control": "a\x07b",
}
HARMLESS = [
    "!!!",
    "42",
    "<script>alert(1)</script>",
    "{{7*7}} %s {0.__class__}",
    "ﷺ" * 90,
    "İstanbul ß",
    "日本語",
    "🧑🏽‍🚀",
    "'\"\\;--",
]


@pytest.fixture(scope="module")
def editor(shared_rows):
    return log_in(superuser=True)


@pytest.fixture
def client(editor):
    return copy_client(editor)


def add(client, name: str, fields: dict) -> list[str]:
    """Send the form for a new row and return its errors."""
    return add_each(client, name, [fields])[0]


def add_each(client, name: str, each: Iterable[dict]) -> list[list[str]]:
    """Send the form for a new row, read once, with each of the contents; return the errors of each."""
    return send_each(client, reverse(f"admin:talks_{name}_add"), each)


def change(client, row, fields: dict) -> list[str]:
    """Send the form of a row with changes and return its errors."""
    return change_each(client, row, [fields])[0]


def change_each(client, row, each: Iterable[dict]) -> list[list[str]]:
    """Send the form of a row, read once, with each of the changes; return the errors of each."""
    return send_each(client, reverse(f"admin:talks_{row._meta.model_name}_change", args=[row.pk]), each)


def send_each(client, address: str, each: Iterable[dict]) -> list[list[str]]:
    form = read_form(client, address)
    return [send(client, address, form, fields) for fields in each]


def send(client, address: str, form: dict, fields: dict) -> list[str]:
    try:
        return read_errors(client.post(address, form | fields))
    except Exception as fault:
        fault.add_note(f"The form of {address} was sent with {str(fields)[:200]}.")
        raise


def count_errors(values: Iterable[str], errors: list[list[str]]) -> dict[str, int]:
    """Return how many errors each value got."""
    return {value: len(said) for value, said in zip(values, errors, strict=True)}


def list_wrong(values: Iterable[str], errors: list[list[str]]) -> list[str]:
    """Return the values that were not refused with one sentence or two."""
    return [value for value, count in count_errors(values, errors).items() if count not in {1, 2}]


@pytest.mark.slow
@pytest.mark.any_database
@pytest.mark.parametrize("name", ["series", "speaker", "writer", "tag"])
def test_invalid_names_are_refused(client, name):
    assert list_wrong(ODD, add_each(client, name, ({"name": value} for value in ODD.values()))) == []
    assert apps.get_model("talks", name).objects.count() == 0


@pytest.mark.slow
@pytest.mark.parametrize("name", ["series", "speaker", "writer", "tag"])
def test_valid_names_are_saved(client, name):
    assert add_each(client, name, ({"name": value} for value in HARMLESS)) == [[]] * len(HARMLESS)
    rows = apps.get_model("talks", name).objects.order_by("pk")
    assert [row.name for row in rows] == HARMLESS
    assert [row for row in rows if row.slug == ""] == []
    assert client.get(reverse(f"admin:talks_{name}_changelist")).status_code == 200
    assert {client.get(row.get_absolute_url()).status_code for row in rows} <= {200, 404}


@pytest.mark.any_database
@pytest.mark.parametrize("name", ["series", "speaker", "writer", "tag"])
def test_names_differing_only_in_case_width_or_spaces_are_refused(client, name):
    names = ["Lisa Guo", "lisa guo", "LISA\u00a0GUO ", "Ｌｉｓａ　Ｇｕｏ"]
    fault = ["Lisa Guo is here already, and the two count as the same name."]
    assert add_each(client, name, ({"name": value} for value in names)) == [[], fault, fault, fault]


@pytest.mark.parametrize("name", ["series", "speaker", "writer", "tag"])
def test_names_differing_in_accents_signs_or_a_space_are_saved(client, name):
    names = ("Jose", "José", "Jo se", "C", "C++", "C#")
    assert add_each(client, name, ({"name": value} for value in names)) == [[]] * len(names)
    rows = apps.get_model("talks", name).objects
    assert rows.count() == len(set(rows.values_list("slug", flat=True))) == 6


@pytest.mark.any_database
def test_a_row_may_keep_its_own_name_in_another_case(client):
    speaker = make.make_speaker("lisa guo")
    assert change(client, speaker, {"name": "Lisa Guo"}) == []


@pytest.mark.slow
@pytest.mark.any_database
def test_invalid_titles_are_refused(client):
    talk = make.make_talk()
    assert list_wrong(ODD, change_each(client, talk, ({"title": value} for value in ODD.values()))) == []
    new = ({"title": value, "day": str(talk.day.pk)} for value in ODD.values())
    assert list_wrong(ODD, add_each(client, "talk", new)) == []
    assert Talk.objects.get().title == "Scaling Instagram Architecture"


@pytest.mark.slow
@pytest.mark.any_database
def test_valid_titles_are_saved_and_equal_ones_get_different_addresses(client):
    titles = [*HARMLESS, *HARMLESS]
    day = make.make_day()
    assert add_each(client, "talk", ({"title": title, "day": str(day.pk)} for title in titles)) == [[]] * len(titles)
    assert list(Talk.objects.order_by("pk").values_list("title", flat=True)) == titles
    assert len(set(Talk.objects.values_list("slug", flat=True))) == len(titles)


@pytest.mark.any_database
def test_invalid_takeaways_are_refused(client):
    talk = make.make_talk(takeaways=["One"])
    values = ["a\0b", "a\u202eb", " \r\n\t "]
    assert list_wrong(values, change_each(client, talk, ({"takeaways-0-text": value} for value in values))) == []
    assert list_wrong(values, change_each(client, talk.takeaways.get(), ({"text": value} for value in values))) == []
    assert talk.takeaways.get().text == "One"


@pytest.mark.parametrize(
    "value", ["[" * 10_000, "> " * 500 + "x", "<script>alert(1)</script>", "[a](javascript:x)", "x" * 100_000]
)
def test_takeaways_of_any_text_save_and_show_without_scripts(client, value):
    talk = make.make_talk(takeaways=["One"])
    assert change(client, talk, {"takeaways-0-text": value}) == []
    row = talk.takeaways.get()
    assert row.text == value
    assert "<script" not in row.html
    assert "href" not in row.html


@pytest.mark.slow
@pytest.mark.any_database
def test_invalid_positions_and_levels_on_talks_pages_are_refused(client):
    talk = make.make_talk(speakers=["A"], takeaways=["One"])
    values = ["-1", "abc", "9" * 30, "9" * 5000, "1.5", "\0"]
    fields = ["position", "takeaways-0-place", "takeaways-0-level", "appearances-0-position"]
    sent = [{"position": value} for value in values] + [{field: value} for field in fields for value in ("0", "9" * 30)]
    errors = change_each(client, talk, sent)
    assert [said for said, faults in zip(sent, errors, strict=True) if len(faults) != 1] == []


def test_talks_on_days_that_do_not_exist_are_refused(client):
    talk = make.make_talk()
    values = ["", "abc", "0", "-1", "9" * 30, "\0", "999999"]
    errors = change_each(client, talk, ({"day": value} for value in values))
    assert count_errors(values, errors) == dict.fromkeys(values, 1)


@pytest.mark.slow
def test_choosing_a_row_that_does_not_exist_is_refused(client):
    talk = make.make_talk(takeaways=["One"], speakers=["A"])
    fields = ["takeaways-0-id", "appearances-0-id", "appearances-0-speaker"]
    sent = [{field: value} for field in fields for value in ("abc", "-1", "9" * 30, "\0", "999999")]
    errors = change_each(client, talk, sent)
    assert [said for said, faults in zip(sent, errors, strict=True) if not faults] == []


@pytest.mark.any_database
def test_forms_with_a_forged_count_of_inline_rows_change_nothing(client):
    talk = make.make_talk(takeaways=["One"])
    names, values = ("TOTAL_FORMS", "INITIAL_FORMS"), ("", "abc", "-1", "9" * 30)
    change_each(client, talk, ({f"takeaways-{name}": value} for value in values for name in names))
    assert talk.takeaways.get().text == "One"


@pytest.mark.any_database
def test_invalid_years_are_refused(client):
    years, series = ["1899", "2201", "-1", "abc", "9" * 30, "٢٠١٧x"], str(make.make_series().pk)
    errors = add_each(client, "conference", ({"series": series, "year": year} for year in years))
    assert count_errors(years, errors) == dict.fromkeys(years, 1)


@pytest.mark.parametrize("year", [2017, None])
def test_a_second_edition_of_a_year_is_refused(client, year):
    conference = make.make_conference(year=year)
    fields = {"series": str(conference.series.pk), "year": str(year or "")}
    other = make.make_conference(year=2001)
    for (said,) in (add(client, "conference", fields), change(client, other, {"year": str(year or "")})):
        assert said.startswith(f"QCon London has an edition of {year or 'no year'} already. To make two")
    assert change(client, other, {"year": "2002"}) == []


def test_a_second_day_of_one_number_is_refused(client):
    day = make.make_day(number=1)
    whole = make.make_day(number=None)
    twice = {"days-2-number": "1"}
    assert change(client, day.conference, twice) == [
        "Please correct the duplicate values below.",
        "Please correct the duplicate data for number.",
    ]
    assert change(client, day.conference, {"days-2-number": "", "days-2-date": "2017-03-22"}) == [
        "Only one day can go without a number: the conference as a whole."
    ]
    for row in (day, whole):
        fields = {"conference": str(day.conference.pk), "number": "" if row.number is None else "1"}
        assert add(client, "day", fields) == ["QCon London 2017 has this day already."]
    assert change(client, whole, {"number": "1"}) == ["QCon London 2017 has this day already."]
    assert Day.objects.count() == 2


@pytest.mark.any_database
def test_invalid_days_are_refused(client):
    conference, numbers = make.make_conference(), ["-1", "100", "abc", "9" * 30]
    new = ({"conference": str(conference.pk), "number": number} for number in numbers)
    assert count_errors(numbers, add_each(client, "day", new)) == dict.fromkeys(numbers, 1)
    errors = change_each(client, conference, ({"days-0-number": number} for number in numbers))
    assert count_errors(numbers, errors) == dict.fromkeys(numbers, 1)


@pytest.mark.any_database
def test_invalid_dates_are_refused(client):
    conference, dates = str(make.make_conference().pk), ["abc", "2017-02-30", "0000-01-01", "99999-01-01", "\0"]
    errors = add_each(client, "day", ({"conference": conference, "number": "1", "date": date} for date in dates))
    assert count_errors(dates, errors) == dict.fromkeys(dates, 1)


@pytest.mark.any_database
def test_invalid_addresses_of_speakers_are_refused(client):
    urls = ["javascript:alert(1)", "ftp://example.org", "abc def", "https://" + "x" * 3000, "\0"]
    assert list_wrong(urls, add_each(client, "speaker", ({"name": "A", "url": url} for url in urls))) == []
    assert Speaker.objects.count() == 0


@pytest.mark.slow
def test_aliases_already_used_by_tags_are_refused(client):
    docker, podman = make.make_tag("Docker", aliases=["moby"]), make.make_tag("Podman")

    def name(tag, *others):
        fields = {f"aliases-{number}-name": other for number, other in enumerate(others, tag.aliases.count())}
        return change(client, tag, fields | {"aliases-TOTAL_FORMS": str(tag.aliases.count() + len(others))})

    assert name(docker, "DOCKER") == ["DOCKER is a name of this tag already."]
    assert name(docker, "Moby") == ["Moby is a name of this tag already."]
    assert name(docker, "new", "NEW") == ["NEW is a name of this tag already."]
    assert name(podman, "docker") == ["Docker is a tag of its own."]
    assert name(podman, "MOBY") == ["MOBY is another name of Docker already."]
    assert len(name(podman, "a\0b")) in {1, 2}
    assert len(name(podman, "x" * 101)) == 1
    assert name(podman, "pod man", "libpod") == []
    assert add(client, "tag", {"name": "mOBY"}) == ["moby is another name of Docker already."]
    assert sorted(TagAlias.objects.values_list("name", flat=True)) == ["libpod", "moby", "pod man"]


@pytest.mark.any_database
def test_invalid_aliases_of_series_are_refused(client):
    values = ("a\0b", "a\u202eb", "x" * 201)
    assert list_wrong(values, add_each(client, "series", ({"name": "A", "aliases": value} for value in values))) == []
    assert Series.objects.count() == 0


@pytest.mark.any_database
def test_invalid_values_in_the_form_of_a_post_are_refused(client):
    make_world(1)
    post = apps.get_model("talks", "post").objects.get()
    sent = [
        *[("language", "x" * 30), ("language", "not a language"), ("visibility", "everyone"), ("published_on", "soon")],
        *[("title", ""), ("title", "x" * 301), ("writer", "9" * 30), ("writer", "abc")],
    ]
    errors = change_each(client, post, ({field: value} for field, value in sent))
    assert [said for said, faults in zip(sent, errors, strict=True) if len(faults) not in {1, 2}] == []


@pytest.mark.any_database
def test_invalid_values_in_the_form_of_a_reference_are_refused(client):
    make_world(1)
    reference, kinds = apps.get_model("talks", "reference").objects.get(), ["", "nonsense", "x" * 100]
    errors = change_each(client, reference, ({"kind": kind} for kind in kinds))
    assert count_errors(kinds, errors) == dict.fromkeys(kinds, 1)


@pytest.mark.slow
@pytest.mark.parametrize("pk", ["0", "-1", "abc", "9" * 30, "%00", "1%27", "_5F", "%FF"])
@pytest.mark.parametrize("name", ["talk", "tag", "post", "importrun"])
@pytest.mark.parametrize("view", ["change", "history", "delete"])
def test_admin_pages_of_missing_rows_do_not_open(client, name, pk, view):
    assert client.get(f"/admin/talks/{name}/{pk}/{view}/").status_code in {302, 403, 404}


@pytest.mark.parametrize(
    "query", ["day=abc", "day=%00", "day=9999999999999999999999", "title=%00", "title=%FF", "position=abc"]
)
def test_pages_for_adding_talks_survive_any_query_string(client, query):
    assert client.get(f"{reverse('admin:talks_talk_add')}?{query}").status_code in {200, 400}


@pytest.mark.parametrize(
    "query", ["", "?app_label=a", "?app_label=talks&model_name=talk&field_name=title", "?term=%00"]
)
def test_autocomplete_refuses_queries_with_invalid_parameters(client, query):
    assert client.get(reverse("admin:autocomplete") + query).status_code in {403, 404}


@pytest.mark.parametrize("chosen", [["abc"], ["9" * 30], ["\0"], [""], []])
def test_actions_on_invalid_selections_cause_no_server_error(client, chosen):
    make_world(1)
    for name, action in (("talk", "hide"), ("takeaway", "withdraw"), ("post", "withdraw"), ("tag", "delete_selected")):
        address = reverse(f"admin:talks_{name}_changelist")
        response = client.post(address, {"_selected_action": chosen, "action": action})
        assert response.status_code in {200, 302, 400}
    assert Takeaway.objects.filter(withdrawn=False).count() == 4


def test_names_that_another_editor_took_meanwhile_are_refused(client, monkeypatch):
    """With a message."""
    add(client, "speaker", {"name": "Lisa Guo"})
    monkeypatch.setattr("talks.admin.base.NamedForm.clean_name", lambda form: form.cleaned_data["name"])
    address = reverse("admin:talks_speaker_add")
    response = client.post(address, read_form(client, address) | {"name": "Lisa Guo"}, follow=True)
    assert [str(message) for message in response.context["messages"]] == [COLLISION]
    assert Speaker.objects.count() == 1


def test_deleting_a_row_that_others_need_meanwhile_is_refused(client, monkeypatch):
    def delete(rows):
        make.make_conference("QCon Plus", 2019)
        delete_rows(rows)

    series = make.make_series("QCon Plus")
    delete_rows = editing.delete_rows
    monkeypatch.setattr(editing, "delete_rows", delete)
    response = client.post(reverse("admin:talks_series_delete", args=[series.pk]), {"post": "yes"}, follow=True)
    assert [str(message) for message in response.context["messages"]] == [NOT_DELETED]
    assert (Series.objects.count(), LogEntry.objects.count()) == (1, 0)


def test_days_of_a_conference_exchange_their_numbers_in_one_save(client):
    conference = make.make_conference()
    first, second = (make.make_day(conference, number) for number in (1, 2))
    for day, title in ((first, "Mosses"), (second, "Roses")):
        make.make_talk(title, post=make.make_post(day=day))
    assert change(client, conference, {"days-0-number": "2", "days-1-number": "1"}) == []
    assert list(conference.days.order_by("number")) == [second, first]
    shown = [client.get(f"{conference.get_absolute_url()}day-{number}/").content.decode() for number in (1, 2)]
    assert [("Mosses" in page, "Roses" in page) for page in shown] == [(False, True), (True, False)]


MARKUP = '"><img src=x onerror=alert(1)><script>alert(2)</script>'


@pytest.mark.slow
@pytest.mark.any_database
def test_markup_in_texts_is_escaped_on_all_admin_pages(client):
    day = make.make_day(make.make_conference(f"Conf {MARKUP}"[:150], 2017))
    post = make.make_post(f"Post {MARKUP}", day=day, key=f"notes/{MARKUP}.md", writer=f"Writer {MARKUP}", tags=[MARKUP])
    post.diagnostics = [
        {"severity": "warning", "code": MARKUP, "line": 1, "column": 1, "message": MARKUP, "hint": MARKUP}
    ]
    post.lines.append([1, 4, "unplaced"])
    post.front_matter = {MARKUP: MARKUP}
    post.save()
    fields = {"speakers": [MARKUP], "tags": [MARKUP], "takeaways": [MARKUP]}
    talk = make.make_talk(f"Talk {MARKUP}", day, post=post, **fields)
    make.make_citation(talk, f"https://example.org/{quote(MARKUP)}", title=MARKUP)
    run = apps.get_model("talks", "importrun").objects.create(given=[MARKUP], totals={MARKUP: {MARKUP: 1}})
    run.outcomes.create(path=MARKUP, post=post, outcome="refused", diagnostics=post.diagnostics)
    post.conflicts.create(talk=talk, field="title", ours=MARKUP, theirs=MARKUP)
    make.make_tag(MARKUP, aliases=[f"x{MARKUP}"])
    change(client, talk, {"title": f"New {MARKUP}", "takeaways-0-text": f"New {MARKUP}"})
    for model in apps.get_app_config("talks").get_models():
        name = model._meta.model_name
        if model not in admin.site._registry:
            continue
        pk = model._default_manager.first().pk
        addresses = [reverse(f"admin:talks_{name}_{view}", args=[pk]) for view in ("change", "history", "delete")]
        for address in [*addresses, reverse(f"admin:talks_{name}_changelist"), reverse("admin:index")]:
            page = client.get(address).content.decode()
            assert [part for part in ("<img src=x", "<script>alert", "onerror=alert(1)>") if part in page] == [], (
                address
            )


def test_a_conference_is_made_with_its_days(client):
    fields = {"series": str(make.make_series().pk), "year": "2018", "days-0-number": "1", "days-0-date": "2018-03-05"}
    assert add(client, "conference", fields) == []
    assert (Conference.objects.get().slug, str(Day.objects.get())) == ("qcon-london-2018", "QCon London 2018 – Day 1")


def test_the_same_tag_twice_on_a_talk_is_refused(client):
    talk = make.make_talk(tags=["Docker"])
    tag = Tag.objects.get()
    fields = {"tagged-TOTAL_FORMS": "2", "tagged-1-tag": str(tag.pk), "tagged-1-content_object": str(talk.pk)}
    assert change(client, talk, fields) != []
    assert talk.tagged.count() == 1


@pytest.mark.parametrize("form", [PostAnswersForm, PostsForm])
def test_a_year_alone_is_refused_as_a_conferences_name(form):
    told = ["A number is no conference: write its name here, like PyCon, and the year beside it."]
    assert form({"series": "2023", "year": "2023"}).errors == {"series": told}
    assert form({"series": "PyCon 2", "year": "2023"}).errors == {}
