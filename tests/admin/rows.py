"""Makes a sound base with rows of every kind, and sends the admin's forms as a browser would."""

from html.parser import HTMLParser

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from talks.admin.renames import CONFIRMED
from talks.models import Conflict, ImportOutcome, ImportRun, Talk
from tests import builders as make
from tests.kept_rows import kept


def log_in(*codenames: str, superuser: bool = False) -> Client:
    """Return a client of a staff member with these permissions (`view_talk`) of all apps."""
    user = User.objects.create(username=f"staff{User.objects.count()}", is_staff=True, is_superuser=superuser)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def copy_client(client: Client) -> Client:
    """Return another client with the login of this one, for a test of its own."""
    copy = Client()
    copy.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return copy


@kept
@make.derive_once()
def make_world(number: int = 1) -> Talk:
    """Make one row of each kind that the admin lists; each number makes another set of rows."""
    day = make.make_day(make.make_conference(f"Conf {number}", 1990 + number), number=1)
    post = make.make_post(f"Notes {number}", day=day, writer=f"Writer {number}", tags=[f"Tag {number}"])
    post.diagnostics = [{"severity": "warning", "code": "odd", "line": 3, "column": 1, "message": "Odd.", "hint": ""}]
    post.lines.append([2, 2, "unplaced"])
    post.save()
    talk = make.make_talk(
        f"Talk {number}",
        day,
        post=post,
        speakers=[f"Speaker {number}"],
        tags=[f"Tag {number}"],
        takeaways=["One", ("Two", ["Below two"]), "Three"],
    )
    make.make_tag(f"Tag {number}", aliases=[f"t{number}"])
    make.make_citation(talk, f"https://example.org/{number}")
    Conflict.objects.create(post=post, talk=talk, field="title", ours=talk.title, theirs="Another title")
    run = ImportRun.objects.create(given=["notes"], totals={"talks": {"created": 1}})
    ImportOutcome.objects.create(run=run, post=post, path=post.path, outcome="created", diagnostics=post.diagnostics)
    return talk


def count_queries(client: Client, address: str) -> int:
    """Return how many queries a page needs after Django has filled its permanent caches."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
        response.render() if hasattr(response, "render") else None
    assert response.status_code == 200, (address, response.status_code)
    return len(queries)


class _Form(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str | list[str]] = {}
        self.area: str | None = None
        self.select: str | None = None
        self.inside = False

    def handle_starttag(self, tag, attributes):
        have = dict(attributes)
        name = have.get("name")
        if tag == "form":
            self.inside = have.get("id", "").endswith("_form")
        if not self.inside or "disabled" in have:
            return
        if tag == "textarea":
            self.area, self.values[name] = name, ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in have:
            self.values[self.select] = have.get("value", "")
        elif tag == "input" and name and have.get("type") not in {"submit", "button"}:
            box = have.get("type") == "checkbox"
            if not box or "checked" in have:
                self.values[name] = have.get("value", "on" if box else "")

    def handle_endtag(self, tag):
        if tag == "textarea" and self.area:
            # A browser drops the line feed after the tag, and sends CRLF.
            self.values[self.area] = self.values[self.area].removeprefix("\n").replace("\n", "\r\n")
            self.area = None
        elif tag == "select":
            self.select = None
        elif tag == "form":
            self.inside = False

    def handle_data(self, data):
        if self.area:
            self.values[self.area] += data


def read_form(client: Client, address: str) -> dict[str, str]:
    """Return the fields of the form at the address as a browser would send them unchanged.

    Added is the answer that confirms a renaming, so that a changed name is saved at once.
    """
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    form = _Form()
    form.feed(response.content.decode())
    return {CONFIRMED: "", **form.values}


def read_errors(response) -> list[str]:
    """Return all errors of a form that was sent; empty if it was saved."""
    if response.status_code == 302:
        return []
    assert response.status_code == 200, response.status_code
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    said = [response.context["adminform"].form.errors, *(errors for formset in formsets for errors in formset.errors)]
    found = [message for errors in said for messages in errors.values() for message in messages]
    return found + [message for formset in formsets for message in formset.non_form_errors()]


def read_history(row) -> list[str]:
    """Return the log messages of a row, newest first."""
    return [entry.get_change_message() for entry in LogEntry.objects.filter(object_id=str(row.pk))]
