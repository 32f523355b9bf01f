"""Whatever a person sends, the form reports errors, nothing is stored, and no page breaks."""

from urllib.parse import quote

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from talks.admin.bulk_changes import PostsForm
from talks.admin.reading_forms import PostAnswersForm
from talks.models import Conference, Day, Series, Speaker, Tag, TagAlias, Takeaway, Talk
from tests import builders as make
from tests.admin.rows import log_in, make_world, read_errors, read_form

pytestmark = pytest.mark.django_db

ODD = {
    "nul": "a\0b",
    "bidi": "abc\u202edef",
    "zero width": "a\u200bb",
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


@pytest.fixture
def client():
    return log_in(superuser=True)


def add(client, name: str, fields: dict) -> list[str]:
    """Send the form for a new row and return its errors."""
    address = reverse(f"admin:talks_{name}_add")
    return read_errors(client.post(address, read_form(client, address) | fields))


def change(client, row, fields: dict) -> list[str]:
    """Send the form of a row with changes and return its errors."""
    address = reverse(f"admin:talks_{row._meta.model_name}_change", args=[row.pk])
    return read_errors(client.post(address, read_form(client, address) | fields))


@pytest.mark.any_database
@pytest.mark.parametrize("value", ODD.values(), ids=ODD)
@pytest.mark.parametrize("name", ["series", "speaker", "writer", "tag"])
def test_invalid_names_are_refused(client, name, value):
    assert len(add(client, name, {"name": value})) in {1, 2}
    assert apps.get_model("talks", name).objects.count() == 0


@pytest.mark.parametrize("value", HARMLESS)
@pytest.mark.parametrize("name", ["series", "speaker", "writer", "tag"])
def test_valid_names_are_saved(client, name, value):
    assert add(client, name, {"name": value}) == []
    row = apps.get_model("talks", name).objects.get()
    assert row.name == value
    assert row.slug != ""
    assert client.get(reverse(f"admin:talks_{name}_changelist")).status_code == 200
    assert client.get(row.get_absolute_url()).status_code in {200, 404}


@pytest.mark.any_database
@pytest.mark.parametrize("name", ["series", "speaker", "writer", "tag"])
@pytest.mark.parametrize("value", ["lisa guo", "LISA\u00a0GUO ", "Ｌｉｓａ　Ｇｕｏ"])
def test_names_differing_only_in_case_width_or_spaces_are_refused(client, name, value):
    add(client, name, {"name": "Lisa Guo"})
    assert add(client, name, {"name": value}) == ["Lisa Guo is here already, and the two count as the same name."]


@pytest.mark.parametrize("name", ["series", "speaker", "writer", "tag"])
def test_names_differing_in_letters_are_saved(client, name):
    for value in ("Jose", "José", "Jo se", "C", "C++", "C#"):
        assert add(client, name, {"name": value}) == []
    rows = apps.get_model("talks", name).objects
    assert rows.count() == len(set(rows.values_list("slug", flat=True))) == 6


def test_a_row_may_keep_its_own_name_in_another_case(client):
    speaker = make.make_speaker("lisa guo")
    assert change(client, speaker, {"name": "Lisa Guo"}) == []


@pytest.mark.any_database
@pytest.mark.parametrize("value", ODD.values(), ids=ODD)
def test_invalid_titles_are_refused(client, value):
    talk = make.make_talk()
    assert len(change(client, talk, {"title": value})) in {1, 2}
    assert len(add(client, "talk", {"title": value, "day": str(talk.day.pk)})) in {1, 2}
    assert Talk.objects.get().title == "Scaling Instagram Architecture"


@pytest.mark.parametrize("value", HARMLESS)
def test_valid_titles_are_saved(client, value):
    day = make.make_day()
    assert [add(client, "talk", {"title": value, "day": str(day.pk)}) for _ in range(2)] == [[], []]
    assert len(set(Talk.objects.values_list("slug", flat=True))) == 2


@pytest.mark.any_database
@pytest.mark.parametrize("value", ["a\0b", "a\u202eb", " \r\n\t "])
def test_invalid_takeaways_are_refused(client, value):
    talk = make.make_talk(takeaways=["One"])
    assert len(change(client, talk, {"takeaways-0-text": value})) in {1, 2}
    assert len(change(client, talk.takeaways.get(), {"text": value})) in {1, 2}
    assert talk.takeaways.get().text == "One"


@pytest.mark.parametrize(
    "value", ["[" * 10_000, "> " * 500 + "x", "<script>alert(1)</script>", "[a](javascript:x)", "x" * 100_000]
)
def test_valid_takeaways_are_saved(client, value):
    talk = make.make_talk(takeaways=["One"])
    assert change(client, talk, {"takeaways-0-text": value}) == []
    row = talk.takeaways.get()
    assert row.text == value
    assert "<script" not in row.html
    assert "href" not in row.html


@pytest.mark.any_database
@pytest.mark.parametrize("value", ["0", "-1", "abc", "9" * 30, "9" * 5000, "1.5", "\0"])
@pytest.mark.parametrize("field", ["position", "takeaways-0-place", "takeaways-0-level", "appearances-0-position"])
def test_invalid_numbers_are_refused(client, field, value):
    talk = make.make_talk(speakers=["A"], takeaways=["One"])
    assert len(change(client, talk, {field: value})) == 1


@pytest.mark.parametrize("value", ["", "abc", "0", "-1", "9" * 30, "\0", "999999"])
def test_a_talk_on_a_day_that_does_not_exist_is_refused(client, value):
    talk = make.make_talk()
    assert len(change(client, talk, {"day": value})) == 1


@pytest.mark.parametrize("value", ["abc", "-1", "9" * 30, "\0", "999999"])
def test_choosing_a_row_that_does_not_exist_is_refused(client, value):
    talk = make.make_talk(takeaways=["One"], speakers=["A"])
    assert change(client, talk, {"takeaways-0-id": value}) != []
    assert change(client, talk, {"appearances-0-id": value}) != []
    assert change(client, talk, {"appearances-0-speaker": value}) != []


@pytest.mark.any_database
def test_forms_with_forged_numbers_of_inline_rows_change_nothing(client):
    talk = make.make_talk(takeaways=["One"])
    for value in ("", "abc", "-1", "9" * 30):
        for name in ("TOTAL_FORMS", "INITIAL_FORMS"):
            change(client, talk, {f"takeaways-{name}": value})
    assert talk.takeaways.get().text == "One"


@pytest.mark.any_database
@pytest.mark.parametrize("year", ["1899", "2201", "-1", "abc", "9" * 30, "٢٠١٧x"])
def test_invalid_years_are_refused(client, year):
    assert len(add(client, "conference", {"series": str(make.make_series().pk), "year": year})) == 1


@pytest.mark.parametrize("year", [2017, None])
def test_a_second_edition_of_a_year_is_refused(client, year):
    conference = make.make_conference(year=year)
    fields = {"series": str(conference.series.pk), "year": str(year or "")}
    assert add(client, "conference", fields) == [f"QCon London has an edition of {year or 'no year'} already."]
    other = make.make_conference(year=2001)
    assert change(client, other, {"year": str(year or "")}) == [
        f"QCon London has an edition of {year or 'no year'} already."
    ]
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
@pytest.mark.parametrize("number", ["-1", "100", "abc", "9" * 30])
def test_invalid_days_are_refused(client, number):
    conference = make.make_conference()
    assert len(add(client, "day", {"conference": str(conference.pk), "number": number})) == 1
    assert len(change(client, conference, {"days-0-number": number})) == 1


@pytest.mark.any_database
@pytest.mark.parametrize("date", ["abc", "2017-02-30", "0000-01-01", "99999-01-01", "\0"])
def test_invalid_dates_are_refused(client, date):
    conference = make.make_conference()
    assert len(add(client, "day", {"conference": str(conference.pk), "number": "1", "date": date})) == 1


@pytest.mark.any_database
@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://example.org", "abc def", "https://" + "x" * 3000, "\0"])
def test_invalid_addresses_of_speakers_are_refused(client, url):
    assert len(add(client, "speaker", {"name": "A", "url": url})) in {1, 2}
    assert Speaker.objects.count() == 0


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
    for value in ("a\0b", "a\u202eb", "x" * 201):
        assert len(add(client, "series", {"name": "A", "aliases": value})) in {1, 2}
    assert Series.objects.count() == 0


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("field", "value"),
    [
        *[("language", "x" * 30), ("language", "not a language"), ("visibility", "everyone"), ("published_on", "soon")],
        *[("title", ""), ("title", "x" * 301), ("writer", "9" * 30), ("writer", "abc")],
    ],
)
def test_invalid_values_in_the_form_of_a_post_are_refused(client, field, value):
    make_world(1)
    post = apps.get_model("talks", "post").objects.get()
    assert len(change(client, post, {field: value})) in {1, 2}


@pytest.mark.any_database
@pytest.mark.parametrize("kind", ["", "nonsense", "x" * 100])
def test_invalid_values_in_the_form_of_a_reference_are_refused(client, kind):
    make_world(1)
    reference = apps.get_model("talks", "reference").objects.get()
    assert len(change(client, reference, {"kind": kind})) == 1


@pytest.mark.parametrize("pk", ["0", "-1", "abc", "9" * 30, "%00", "1%27", "_5F", "%FF"])
@pytest.mark.parametrize("name", ["talk", "tag", "post", "importrun"])
@pytest.mark.parametrize("view", ["change", "history", "delete"])
def test_admin_pages_of_rows_that_do_not_exist_answer_404(client, name, pk, view):
    assert client.get(f"/admin/talks/{name}/{pk}/{view}/").status_code in {302, 403, 404}


@pytest.mark.parametrize(
    "query", ["day=abc", "day=%00", "day=9999999999999999999999", "title=%00", "title=%FF", "position=abc"]
)
def test_add_pages_open_with_any_query_string(client, query):
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


def test_a_save_after_another_editors_save_shows_a_message(client, monkeypatch):
    add(client, "speaker", {"name": "Lisa Guo"})
    monkeypatch.setattr("talks.admin.base.NamedForm.clean_name", lambda form: form.cleaned_data["name"])
    address = reverse("admin:talks_speaker_add")
    response = client.post(address, read_form(client, address) | {"name": "Lisa Guo"}, follow=True)
    assert [str(message) for message in response.context["messages"]] == [
        "Somebody changed this meanwhile; nothing was saved."
    ]
    assert Speaker.objects.count() == 1


MARKUP = '"><img src=x onerror=alert(1)><script>alert(2)</script>'


@pytest.mark.any_database
def test_markup_in_texts_is_escaped_on_every_page(client):
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
def test_a_bare_year_is_no_conference(form):
    told = ["A number is no conference: write its name here, like PyCon, and the year beside it."]
    assert form({"series": "2023", "year": "2023"}).errors == {"series": told}
    assert form({"series": "PyCon 2", "year": "2023"}).errors == {}
