"""Data that pages share is computed once for each version of the base, and never cached for staff."""

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import RequestFactory

from talks.views.shared import find_once
from tests import builders as make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _kept(settings):
    settings.PAGES_KEPT = True
    cache.clear()
    yield
    cache.clear()


def count_finds(*, staff=False):
    found = []
    for _ in range(2):
        request = RequestFactory().get("/")
        request.COOKIES = {settings.SESSION_COOKIE_NAME: "x"} if staff else {}
        request.user = User(is_staff=staff)
        find_once(request, "numbers", lambda: found.append(1) or "found")
    return len(found)


def test_shared_data_is_computed_once_for_each_base_version():
    assert count_finds() == 1
    assert count_finds() == 0
    make.make_talk("One more")
    assert count_finds() == 1


def test_shared_data_for_staff_is_not_cached():
    assert count_finds(staff=True) == 2


def test_without_a_page_cache_no_data_is_cached(settings):
    settings.PAGES_KEPT = False
    assert count_finds() == 2


def test_a_changed_base_changes_the_choices_of_filters(client):
    make.make_talk("One", make.make_day(make.make_conference("QCon London", 2017), 1))
    assert "KubeCon" not in client.get("/talks/").content.decode()
    make.make_talk("Two", make.make_day(make.make_conference("KubeCon", 2019), 1))
    page = client.get("/talks/").content.decode()
    assert '<option value="kubecon">KubeCon</option>' in page
    assert '<option value="2019">2019</option>' in page
    assert "2 talks" in page
