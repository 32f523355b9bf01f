import pytest

from talks.models.old_post_addresses import AliasError, is_route, read_alias


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/2017/03/23/day-2/", "/2017/03/23/day-2"),
        ("/2017/day-2.html", "/2017/day-2.html"),
        ("2017/day-2", "/2017/day-2"),
        ("/caf%C3%A9/", "/café"),
        ("/cafe%CC%81", "/café"),
        ("/a%2525", "/a%25"),
        ("/%D9%85%DB%8C%E2%80%8C%D8%AE", "/می\u200cخ"),
        ("/tagged", "/tagged"),
        ("/posts/day-2/", "/posts/day-2"),
    ],
)
def test_a_path_is_a_valid_old_address(address, path):
    assert read_alias(address) == path


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a",
        "javascript:alert(1)",
        "//evil.example/a",
        "/%2fevil.example",
        "/\\evil.example",
        "/%5Cevil.example",
        "/a/../admin",
        "/a/%2e%2e/b",
        "/?p=12",
        "/a#b",
        "/",
        "",
        "///",
        "/%ff",
        "/a%00b",
        "/a%0d%0ab",
        "/a\u202eb",
        "/a\u200cb",
        "/a%C2%ADb",
        "/admin",
        "/admin/",
        "/talks",
        "/t/0123456789/",
        "/posts",
        "/tags/anything/",
        "/static/x.css",
        "/healthz",
        "/http://[",
        f"/{'a' * 500}",
    ],
)
def test_invalid_old_addresses_are_refused(address):
    with pytest.raises(AliasError):
        read_alias(address)


def test_paths_of_pages_cannot_be_old_addresses():
    assert is_route("/admin")
    assert is_route("/search/")
    assert not is_route("/blog/takeaways-day-3")
