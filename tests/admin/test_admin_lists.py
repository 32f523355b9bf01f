"""Every list of the admin: opening, sorting, filtering, searching, and its number of queries."""

from itertools import zip_longest

import pytest
from django.contrib import admin
from django.urls import reverse

from talks.models import ImportRun, Post, Talk
from tests import builders as make
from tests.admin.rows import count_queries, log_in, make_world

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
OURS = [model for model in MODELS if model._meta.app_label == "talks"]
CHOICES = [
    ("day", "conference"),
    ("conference", "series"),
    ("talk", "day"),
    ("appearance", "speaker"),
    ("taggedtalk", "tag"),
    ("taggedtakeaway", "tag"),
    ("taggedpost", "tag"),
    ("post", "writer"),
]
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def client(shared_rows):
    """Return a client that only opens pages, of a base with one row of each kind."""
    make_world(1)
    return log_in(superuser=True)


def test_admin_classes_of_our_models_share_only_four_base_classes():
    ours = {
        base.__name__
        for model in OURS
        for base in type(admin.site.get_model_admin(model)).__mro__[1:]
        if base.__module__.startswith("talks.")
    }
    assert ours == {"ContentAdmin", "ReadOnly", "RenamePreview", "RowChoices"}
    assert len(type(admin.site.get_model_admin(Post)).__mro__) == 6


def list_of(model) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def test_djangos_checks_of_the_forms_find_nothing():
    assert MODELS
    assert admin.site.check(None) == []


@pytest.mark.slow
@pytest.mark.any_database
def test_lists_need_as_many_queries_for_fifteen_rows_as_three(client):
    with make.derive_once():
        for number in range(2, 4):
            make_world(number)
    few = {model: count_queries(client, list_of(model)) for model in MODELS}
    with make.derive_once():
        for number in range(4, 16):
            make_world(number)
    assert {model: count_queries(client, list_of(model)) for model in MODELS} == few


@pytest.mark.any_database
def test_more_choices_of_a_select_field_need_no_more_queries(client):
    """Fifteen rows need as many queries as five."""
    addresses = [
        f"{reverse('admin:autocomplete')}?app_label=talks&model_name={model}&field_name={field}"
        for model, field in CHOICES
    ]
    with make.derive_once():
        for number in range(2, 6):
            make_world(number)
    few = {address: count_queries(client, address) for address in addresses}
    with make.derive_once():
        for number in range(6, 16):
            make_world(number)
    assert {address: count_queries(client, address) for address in addresses} == few
    for address in addresses:
        assert len(client.get(address).json()["results"]) == 15
        assert client.get(f"{address}&term=%00").json()["results"] != []


@pytest.mark.slow
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label_lower)
def test_lists_sort_by_each_column_and_filter_by_each_choice(client, model):
    page = client.get(list_of(model))
    changes = page.context["cl"]
    numbers = range(1, len(changes.list_display))
    columns = [f"?o={'.'.join(f'{sign}{number}' for number in numbers)}" for sign in ("", "-")]
    each = [
        [choice["query_string"].removeprefix("?") for choice in spec.choices(changes)] for spec in changes.filter_specs
    ]
    choices = ["?" + "&".join(filter(None, together)) for together in zip_longest(*each, fillvalue="")]
    for query in [*columns, *choices, "?q=o&p=1", "?q=%00", "?all=", "?e=1"]:
        response = client.get(list_of(model) + query)
        assert response.status_code in ({200, 400} if "%00" in query else {200}), query


@pytest.mark.slow
@pytest.mark.parametrize(
    "query",
    [
        "?nonsense=1",
        "?id__exact=abc",
        "?p=abc",
        "?p=99999999999999999999",
        "?o=99.-x",
        "?id__exact=99999999999999999999999",
    ],
)
@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label_lower)
def test_lists_cause_no_server_error_for_any_parameter(client, model, query):
    assert client.get(list_of(model) + query, follow=True).status_code in {200, 400}


@pytest.mark.parametrize(
    ("name", "term", "found"),
    [
        ("talk", "ÉCOLE", ["L'école du futur"]),
        ("talk", "ecole speaker 1", []),
        ("talk", "josé", ["L'école du futur"]),
        ("talk", "futur 1991", ["L'école du futur"]),
        ("speaker", "JOSÉ", ["José Ñandú"]),
        ("tag", "c++", ["C++"]),
        ("tag", "K8S", ["Kubernetes"]),
        ("conference", "conf 1", ["Conf 1 1991"]),
        ("takeaway", "below TWO", ["Below two"]),
        ("post", "notes", ["Notes 1"]),
        ("post", "a\x01", []),
    ],
)
def test_searching_an_admin_list_finds_only_matching_rows(client, name, term, found):
    day = Talk.objects.get().day
    make.make_talk("L'école du futur", day, speakers=["José Ñandú"])
    for tag in ("C", "C++", "C#"):
        make.make_tag(tag)
    make.make_tag("Kubernetes", aliases=["k8s"])
    response = client.get(reverse(f"admin:talks_{name}_changelist"), {"q": term})
    assert [str(row) for row in response.context["cl"].result_list] == found


def test_the_list_of_posts_names_file_remarks_and_withdrawal(client):
    Post.objects.update(withdrawn=True, visibility="draft")
    post = Post.objects.get()
    rows = client.get(list_of(Post)).content.decode()
    told = [f"<bdi>{post.title}</bdi>", f"<bdi>{post.key}</bdi>", ">1 remark<", ">Draft, withdrawn<"]
    assert [each for each in told if each not in rows] == []


@pytest.mark.parametrize(
    ("count", "told"), [(0, "–"), (1, "a0.md"), (3, "a0.md, a1.md, a2.md"), (55, "a0.md, a1.md, and 53 more")]
)
def test_the_list_of_runs_names_few_of_many_paths(client, count, told):
    ImportRun.objects.update(given=[f"a{number}.md" for number in range(count)])
    assert f">{told}<" in client.get(list_of(ImportRun)).content.decode()


def test_posts_can_be_filtered_by_diagnostics_and_unplaced_text(client):
    make.make_post("Clean")
    address = reverse("admin:talks_post_changelist")
    found = {
        query: [str(post) for post in client.get(address + query).context["cl"].result_list]
        for query in ("?remarks=warning", "?remarks=note", "?unplaced=yes", "?remarks=odd", "")
    }
    assert found == {
        "?remarks=warning": ["Notes 1"],
        "?remarks=note": [],
        "?unplaced=yes": ["Notes 1"],
        "?remarks=odd": ["Clean", "Notes 1"],
        "": ["Clean", "Notes 1"],
    }


def test_withdrawn_talks_are_listed_and_can_be_filtered(client):
    make.make_talk("Gone", make.make_day(), withdrawn=True)
    response = client.get(reverse("admin:talks_talk_changelist"), {"withdrawn__exact": "1"})
    assert [str(talk) for talk in response.context["cl"].result_list] == ["Gone"]


def test_taggits_own_tag_model_is_not_in_the_admin():
    assert [model._meta.label for model in MODELS if model._meta.app_label == "taggit"] == []


def test_talks_filtered_by_having_a_post_are_listed_once_each(client):
    talk = Talk.objects.get()
    make.make_source(talk, make.make_post("Another", day=talk.day))
    response = client.get(reverse("admin:talks_talk_changelist"), {"sources__isempty": "0"})
    assert [row.pk for row in response.context["cl"].result_list] == [talk.pk]


def test_posts_of_unknown_language_can_be_filtered(client):
    Post.objects.update(language="en")
    make.make_post("Second", language="")
    assert '<a href="?language=">not known</a>' in client.get("/admin/talks/post/").content.decode()
    assert [post.title for post in client.get("/admin/talks/post/?language=").context_data["cl"].queryset] == ["Second"]


def test_the_admin_offers_notes_before_accounts_and_logins():
    context = log_in(superuser=True).get("/admin/talks/post/").context_data
    assert [app["app_label"] for app in context["available_apps"]] == ["talks", "auth", "axes"]


def test_filters_of_related_rows_are_named_in_plain_words(client):
    shown = {}
    for model in ("tag", "speaker", "talk", "takeaway"):
        listed = client.get(f"/admin/talks/{model}/").context_data["cl"]
        for each in listed.filter_specs:
            if isinstance(each, admin.EmptyFieldListFilter):
                shown[model, each.title] = [choice["display"] for choice in each.choices(listed)]
    assert shown == {
        ("tag", "other names"): ["All", "without other names", "with other names"],
        ("tag", "talks"): ["All", "without talks", "with talks"],
        ("speaker", "talks"): ["All", "without talks", "with talks"],
        ("talk", "posts"): ["All", "without posts", "with posts"],
        ("takeaway", "a post"): ["All", "without a post", "with a post"],
    }
