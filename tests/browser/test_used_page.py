import pytest

from tests.browser.conftest import forget

pytestmark = pytest.mark.django_db(transaction=True)
KEEP = "localStorage.setItem('a', 'b'); sessionStorage.setItem('a', 'b'); document.cookie = 'a=b'"
READ_KEPT = "[localStorage.getItem('a'), sessionStorage.getItem('a'), document.cookie]"


def test_forget_removes_what_a_browser_test_left(page, live_server):
    page.goto(live_server.url)
    page.evaluate(KEEP)
    assert page.evaluate(READ_KEPT) == ["b", "b", "a=b"]
    page.route("**/talks/", lambda route: route.fulfill(body="Another page"))
    with page.expect_popup():
        page.evaluate("open('/')")
    forget(page)
    page.goto(f"{live_server.url}/talks/")
    assert (page.evaluate(READ_KEPT), page.context.pages) == ([None, None, ""], [page])
    assert page.locator("h1").inner_text() == "Talks"
