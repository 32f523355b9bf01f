"""All pages are valid HTML, as html5lib's strict parser reads it."""

import json
import os
import re
import subprocess

import html5lib
import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from talks.models import Takeaway
from tests import builders as make
from tests.views.rows import log_in_staff, make_base
from tests.views.test_page_base import LISTS, SINGLES

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

VNU_JAR = os.environ.get("VNU_JAR")  # the Nu checker, where it is at hand: .ci/run gets it
ERRORS = {"/nothing/here/": 404, "/talks/qcon-london-2017/deliver-docker/": 404, "/t/0000000000/": 404}

ERROR_TEMPLATES = ["400.html", "403.html", "404.html", "410.html", "500.html", "503.html", "login_locked.html"]


def find_faults(html: str) -> list[str]:
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(html)
    lines = html.split("\n")
    return [f"{code}: {lines[line - 1][:160]}" for (line, _), code, _ in parser.errors]


@pytest.fixture
@make.derive_once()
def talk():
    talk = make_base()
    post = talk.sources.get().post
    make.make_takeaway(talk, "> What was said", post=post, kind="quote")
    make.make_takeaway(talk, "```\ncode & <b>\n```", post=post, kind="code")
    make.make_takeaway(talk, "| a | b |\n|---|---|\n| 1 | 2 |", post=post, kind="table")
    parent = make.make_takeaway(
        talk, "A paragraph with [a link](https://example.org/?a=1&b=2)", post=post, kind="paragraph"
    )
    make.make_takeaway(talk, "A point below it", post=post, parent=parent, tags=["Docker"])
    post.diagnostics = [{"severity": "warning", "line": 3, "message": "Odd & <b>", "hint": "Why?", "code": "odd"}]
    post.save()
    for number in range(30):
        make.make_talk(f"Talk & <i> {number}", talk.day, speakers=[f'Speaker "{number}"'], tags=[f"Tag <{number}>"])
    return talk


@pytest.mark.slow
@pytest.mark.parametrize("reader", [Client, log_in_staff])
def test_all_pages_are_valid_html(talk, reader):
    client = reader()
    for address in [*LISTS, *SINGLES, "/talks/?year=2017&page=2", "/references/?kind=slides"]:
        assert find_faults(client.get(address).content.decode()) == [], address


def test_pages_of_an_empty_base_are_valid_html(client):
    for address in LISTS:
        assert find_faults(client.get(address).content.decode()) == [], address


def test_error_pages_are_valid_html(client, talk):
    takeaway = make.make_takeaway(talk, "Gone", withdrawn=True)
    for address, status in {**ERRORS, takeaway.get_absolute_url(): 410}.items():
        response = client.get(address)
        assert (response.status_code, find_faults(response.content.decode())) == (status, []), address
    assert Takeaway.objects.get(pk=takeaway.pk).withdrawn


@pytest.mark.parametrize("name", ERROR_TEMPLATES)
def test_templates_of_error_pages_are_valid_html(name):
    assert find_faults(render_to_string(name, {}, RequestFactory().get("/nothing/"))) == []


def test_the_html_checker_detects_faults():
    assert find_faults("<!doctype html><title>x</title><ul><p></ul></p>") != []


if VNU_JAR:

    def test_all_pages_pass_the_nu_html_checker(client, talk, tmp_path):
        for number, address in enumerate([*LISTS, *SINGLES, *ERRORS]):
            page = tmp_path / f"{number:02}{re.sub('[^a-z0-9]+', '-', address)[:60]}.html"
            page.write_bytes(client.get(address).content)
        for name in ERROR_TEMPLATES:
            (tmp_path / name).write_text(render_to_string(name, {}, RequestFactory().get("/nothing/")))
        command = ["java", "-jar", VNU_JAR, "--format", "json", "--errors-only", "--exit-zero-always", str(tmp_path)]
        told = subprocess.run(command, capture_output=True, check=True, timeout=600).stderr
        faults = [f"{fault['url'].rpartition('/')[2]}: {fault['message']}" for fault in json.loads(told)["messages"]]
        assert faults == []
