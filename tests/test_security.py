"""Attacks over HTTP on every page: headers, cookies, hosts, methods, forged forms, unusual addresses, login."""

from urllib.parse import unquote, urlsplit

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests import builders as make

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery staple"
ONE_EACH = [
    *[
        "home",
        "conferences",
        "conference",
        "day",
        "series_list",
        "series",
        "talks",
        "talk",
        "takeaway",
        "posts",
        "post",
    ],
    *["writers", "writer", "speakers", "speaker", "tags", "tag", "references", "search"],
]
LISTS = ["conferences", "series_list", "talks", "posts", "writers", "speakers", "tags", "references"]
ODD_PATHS = [
    *[
        "/.git/config",
        "/.env",
        "/../../etc/passwd",
        "/..%2f..%2fetc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/static/../manage.py",
    ],
    *[
        "/static/..%2fmanage.py",
        "/a%00b",
        "/%ff%fe",
        "/%c0%af",
        "/" + "a" * 5000,
        "/" + "a/" * 500,
        "/%e2%80%ae",
        "/'%22%3E%3Cx",
    ],
    *["/talks/none/", "/talks/none/none/", "/t/none/", "/tags/%00/", "/tags/a+b+c+d+e+f/", "/speakers/%F0%9F%98%80/"],
    *[
        "/conferences/none/day-1/",
        "/conferences/x/day-99999999999999999999/",
        "/wp-login.php",
        "/admin/none/",
        "/admin/.git/",
    ],
]
ODD_QUERIES = [
    *[
        "q=%00",
        "q=%ff%fe",
        "q=" + "a" * 10_000,
        "q=" + "%22" * 300,
        "q=a+AND+OR+NOT+NEAR(",
        "q=%27%3B+DROP+TABLE",
        "q=*",
        "q=%F0%9F%98%80",
    ],
    *[
        "page=0",
        "page=-1",
        "page=abc",
        "page=9e999",
        "page=%EF%BC%92",
        "page=99999999999999999999999999",
        "page=%00",
        "page=",
        "page=1&page=2",
    ],
    *[
        "page=" + "9" * 5000,
        "unknown=1",
        "year=abc",
        "year=99999999999999999999",
        "year=%00",
        "letter=%00",
        "letter=%25",
        "order=x",
    ],
    *["tag=%00", "series=%00", "writer=%00", "host=%00", "kind=%00", "a=1&" * 900, "%00=1", "=", "&&&"],
]


@pytest.fixture(scope="module", autouse=True)
def pages(shared_rows) -> dict[str, str]:
    """Return an address of every page, by the page's name."""
    day = make.make_day()
    post = make.make_post(day=day, tags=["Docker"])
    talk = make.make_talk(day=day, post=post, speakers=["Lisa Guo"], tags=["Docker"], takeaways=["Use Docker"])
    make.make_citation(talk, takeaway=talk.takeaways.get())
    arguments = {
        "conference": [day.conference.slug],
        "day": [day.conference.slug, day.number],
        "series": [day.conference.series.slug],
        "talk": [day.conference.slug, talk.slug],
        "takeaway": [talk.takeaways.get().public_id],
        "post": [post.slug],
        "writer": [post.writer.slug],
        "speaker": ["lisa-guo"],
        "tag": ["docker"],
    }
    return {name: reverse(name, args=arguments.get(name, [])) for name in ONE_EACH}


@pytest.fixture
def staff():
    return get_user_model().objects.create_superuser("chief", password=PASSWORD)


def log_in(client: Client, name: str, password: str, **extra):
    return client.post(reverse("admin:login"), {"username": name, "password": password, **extra})


def read_said(response) -> list[str]:
    return [message for messages in response.context["form"].errors.values() for message in messages]


def read_policy(response) -> dict[str, str]:
    return dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))


# Headers and cookies


@pytest.mark.any_database
@pytest.mark.parametrize("name", [*ONE_EACH, "missing", "admin", "login", "list", "form"])
def test_every_answer_has_the_security_headers(client, pages, staff, name):
    others = {"missing": "/none/", "admin": "/admin/", "login": "/admin/login/"}
    others |= {"list": reverse("admin:talks_talk_changelist"), "form": reverse("admin:talks_talk_add")}
    if name in {"admin", "list", "form"}:
        client.force_login(staff, backend="django.contrib.auth.backends.ModelBackend")
    response = client.get((pages | others)[name])
    assert response.status_code == {"missing": 404, "takeaway": 302}.get(name, 200)
    assert read_policy(response) == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "object-src": "'none'",
    }
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Server" not in response
    assert "X-Powered-By" not in response


@pytest.mark.any_database
@pytest.mark.parametrize("name", [*ONE_EACH, "missing", "odd"])
def test_no_public_page_sets_a_cookie(client, pages, name):
    response = client.get((pages | {"missing": "/none/", "odd": "/.env"})[name])
    assert response.cookies == {}


@pytest.mark.any_database
@pytest.mark.parametrize("name", ONE_EACH)
def test_pages_contain_nothing_that_the_content_policy_forbids(client, pages, name):
    page = client.get(pages[name]).content.decode()
    assert [part for part in ("<script>", " style=", "<style", " onclick=", "javascript:") if part in page] == []


def test_login_cookies_are_http_only_and_same_site(client, staff):
    client.get(reverse("admin:login"))
    cookies = log_in(client, "chief", PASSWORD).cookies
    assert {name: (cookie["httponly"], cookie["samesite"]) for name, cookie in cookies.items()} == {
        settings.SESSION_COOKIE_NAME: (True, "Lax"),
        settings.CSRF_COOKIE_NAME: (True, "Lax"),
    }
    assert {cookie["path"] for cookie in cookies.values()} == {"/"}


@pytest.mark.any_database
def test_pages_for_staff_are_not_cached_by_proxies(client, staff, pages):
    client.force_login(staff, backend="django.contrib.auth.backends.ModelBackend")
    assert "no-store" in client.get("/admin/")["Cache-Control"]
    for name in ("home", "talk", "search"):
        response = client.get(pages[name])
        assert "Cookie" in response.get("Vary", "") or "private" in response.get("Cache-Control", "")


# Hosts and methods


@pytest.mark.any_database
@pytest.mark.parametrize("name", ["home", "talk", "search"])
def test_requests_with_a_foreign_host_name_are_refused(client, pages, name):
    for host in ("evil.example", "127.0.0.1.evil.example", "evil.example:80", "a@b", ""):
        assert client.get(pages[name], headers={"host": host}).status_code == 400


@pytest.mark.any_database
@pytest.mark.parametrize("name", ["home", "talk", "search", "tag"])
def test_no_header_of_a_request_gets_into_a_page(client, pages, name):
    plain = client.get(pages[name])
    headers = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "X-Original-URL": "/admin/"}
    headers |= {
        "X-Rewrite-URL": "/evil",
        "Forwarded": "host=evil.example",
        "Referer": "https://evil.example",
        "User-Agent": "evil",
    }
    forged = client.get(pages[name], headers=headers)
    assert (forged.status_code, forged.content) == (plain.status_code, plain.content)


@pytest.mark.any_database
@pytest.mark.parametrize("name", [*ONE_EACH, "missing"])
def test_pages_refuse_requests_other_than_get_and_head(client, pages, name):
    address = (pages | {"missing": "/none/"})[name]
    codes = [
        method(address).status_code for method in (client.post, client.put, client.patch, client.delete, client.trace)
    ]
    assert codes == [405] * 5


@pytest.mark.slow
@pytest.mark.any_database
@pytest.mark.parametrize("name", ONE_EACH)
def test_head_requests_have_the_headers_of_get_without_body(client, pages, name):
    get, head = client.get(pages[name]), client.head(pages[name])
    assert (head.status_code, head.content) == (get.status_code, b"")
    assert head.get("Content-Type") == get.get("Content-Type")


@pytest.mark.any_database
@pytest.mark.parametrize("name", ONE_EACH)
def test_options_requests_are_answered_with_200_or_405(client, pages, name):
    assert client.options(pages[name]).status_code in {200, 405}


# Addresses


@pytest.mark.slow
@pytest.mark.parametrize("path", ODD_PATHS, ids=lambda path: path[:30])
def test_malformed_paths_are_404(client, pages, path):
    for method in (client.get, client.head):
        response = method(path)
        assert response.status_code in ({302, 404} if path.startswith("/admin/") else {404})
        assert "Traceback" not in response.content.decode()


def test_the_404_page_shows_no_secrets(client):
    page = client.get("/none/<script>alert(1)</script>/").content.decode()
    assert "<html" in page
    assert [part for part in ("<script>alert", "Django", "Traceback", str(settings.BASE_DIR)) if part in page] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["search", *LISTS, "home", "talk", "tag"])
def test_malformed_query_strings_never_cause_server_errors(client, pages, name):
    found = {query[:40]: client.get(f"{pages[name]}?{query}").status_code for query in ODD_QUERIES}
    assert {query: code for query, code in found.items() if code not in {200, 301, 302, 400, 404}} == {}


@pytest.mark.any_database
@pytest.mark.parametrize("name", LISTS)
def test_lists_ignore_unknown_parameters(client, pages, name):
    plain = client.get(pages[name])
    assert client.get(f"{pages[name]}?utm_source=evil&callback=evil").content == plain.content


@pytest.mark.parametrize(
    "path", ["//evil.example", "//evil.example/", "/\\evil.example", "/%5Cevil.example/", "/%2f%2fevil.example"]
)
def test_no_path_redirects_to_another_site(client, path):
    response = client.get("/", PATH_INFO=unquote(path))  # the test's client would take //name for a host
    assert response.status_code in {301, 302, 400, 404}
    location = response.get("Location", "/")
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))


# Logging in


@pytest.mark.parametrize(
    "target",
    [
        *["https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)"],
        *[
            "http:evil.example",
            "https:///evil.example",
            "///evil.example",
            " //evil.example",
            "\t//evil.example",
            "/\t/evil.example",
        ],
    ],
)
def test_logging_in_stays_on_the_site(client, staff, target):
    response = log_in(client, "chief", PASSWORD, next=target)
    assert response.status_code == 302
    assert urlsplit(response["Location"]).netloc == ""
    assert response["Location"].startswith(("/admin/", "/accounts/"))


def test_logging_in_redirects_to_the_requested_page(client, staff):
    assert log_in(client, "chief", PASSWORD, next="/admin/talks/talk/")["Location"] == "/admin/talks/talk/"


def test_logging_in_starts_a_new_session(client, staff):
    client.cookies[settings.SESSION_COOKIE_NAME] = "chosen-by-somebody-else"
    log_in(client, "chief", PASSWORD)
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != "chosen-by-somebody-else"


def test_five_wrong_passwords_lock_a_login_from_one_address(client, staff):
    answers = [log_in(client, "chief", "wrong") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429, 429]
    locked = log_in(client, "chief", PASSWORD)
    assert locked.status_code == 429
    assert "Too many tries" in locked.content.decode()
    assert "chief" not in locked.content.decode()
    assert "sessionid" not in client.cookies
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    assert log_in(elsewhere, "chief", PASSWORD).status_code == 302


def test_forged_client_addresses_do_not_lift_a_login_lock(client, staff):
    for number in range(5):
        client.post(
            reverse("admin:login"),
            {"username": "chief", "password": "wrong"},
            headers={"X-Forwarded-For": f"203.0.113.{number}", "X-Real-IP": f"203.0.113.{number}"},
        )
    assert log_in(client, "chief", PASSWORD).status_code == 429


def test_spaces_around_a_login_name_do_not_avoid_the_lock(client, staff):
    for name in ("chief", " chief", "chief ", "\tchief", "chief\u3000"):
        log_in(client, name, "wrong")
    assert log_in(client, "chief", PASSWORD).status_code == 429


def test_a_successful_login_resets_the_count_of_failures(client, staff):
    for _ in range(3):
        for _ in range(3):
            log_in(client, "chief", "wrong")
        assert log_in(Client(), "chief", PASSWORD).status_code == 302


@pytest.mark.parametrize("name", ["chief", "nobody", "retired"])
def test_login_failures_have_one_message_for_all_causes(client, staff, name):
    get_user_model().objects.create_user("retired", password=PASSWORD, is_active=False)
    get_user_model().objects.create_user("reader", password=PASSWORD)
    assert read_said(log_in(client, name, "wrong")) == read_said(log_in(Client(), "reader", PASSWORD))
    answers = [log_in(client, name, "wrong").status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]


@pytest.mark.parametrize("name", ["chief", "nobody"])
def test_login_takes_as_long_for_unknown_as_known_names(client, staff, monkeypatch, name):
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda self, *args: hashed.append(1) or encode(self, *args))
    log_in(client, name, "wrong")
    assert len(hashed) == 1


@pytest.mark.parametrize("value", ["a\0b", "x" * 10_000, "\ud83d", "<script>alert(1)</script>", "{{7*7}}%s"])
def test_unusual_login_names_and_passwords_cause_no_server_error(client, staff, value):
    for fields in ({"username": value, "password": "x"}, {"username": "chief", "password": value}):
        text = {name: field.encode("utf-8", "replace").decode() for name, field in fields.items()}
        response = client.post(reverse("admin:login"), text | {"more": value.encode("utf-8", "replace").decode()})
        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()
    assert log_in(client, "chief", PASSWORD).status_code == 302


def test_an_overlong_login_name_fails_like_any_wrong_one(client, staff):
    assert read_said(log_in(client, "x" * 151, "wrong")) == read_said(log_in(client, "x" * 150, "wrong"))


def test_malformed_headers_at_login_cause_no_server_error(client, staff):
    headers = {"User-Agent": "x" * 5000, "Accept": "y" * 5000, "X-Forwarded-For": "z" * 5000, "Referer": "é" * 300}
    for _ in range(2):
        response = client.post(f"/admin/login/?{'a' * 3000}", {"username": "chief", "password": "x"}, headers=headers)
        assert response.status_code == 200


# Forged forms


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1.evil.example"},
        {"Referer": "https://evil.example/"},
        {"X-CSRFToken": "forged"},
    ],
)
def test_forms_sent_from_other_sites_are_refused(staff, headers):
    client = Client(enforce_csrf_checks=True)
    client.force_login(staff, backend="django.contrib.auth.backends.ModelBackend")
    day = make.make_day()
    for address in (
        reverse("admin:talks_talk_add"),
        reverse("admin:talks_day_delete", args=[day.pk]),
        reverse("admin:logout"),
    ):
        response = client.post(address, {"title": "forged", "post": "yes"}, headers=headers)
        assert response.status_code == 403
        assert "Not allowed" in response.content.decode()
        assert [part for part in ("CSRF", "Django", "Origin") if part in response.content.decode()] == []


def test_a_valid_csrf_token_from_another_site_is_refused(staff):
    client = Client(enforce_csrf_checks=True)
    client.force_login(staff, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("admin:talks_speaker_add"))
    fields = {"name": "A", "csrfmiddlewaretoken": str(page.context["csrf_token"])}
    fields |= {"appearances-TOTAL_FORMS": "0", "appearances-INITIAL_FORMS": "0"}
    address = reverse("admin:talks_speaker_add")
    assert client.post(address, fields, headers={"Origin": "https://evil.example"}).status_code == 403
    assert client.post(address, fields).status_code == 302


def test_a_form_sent_after_logout_redirects_to_login(client, staff):
    client.force_login(staff, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(reverse("admin:logout")).status_code in {200, 302}
    assert client.post(reverse("admin:talks_talk_add"), {"title": "late"})["Location"].startswith("/admin/login/")


@pytest.fixture(autouse=True)
def _forget_tries():
    cache.clear()
