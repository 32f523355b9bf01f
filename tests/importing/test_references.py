import pytest

from talks.importing.references import read_resource


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://www.youtube.com/watch?v=abc", "video"),
        ("https://youtu.be/abc", "video"),
        ("https://vimeo.com/123", "video"),
        ("https://www.infoq.com/presentations/some-talk", "video"),
        ("https://www.infoq.com/articles/some-article", "site"),
        ("https://www.slideshare.net/someone/some-talk", "slides"),
        ("https://speakerdeck.com/someone/some-talk", "slides"),
        ("https://example.org/talks/deck.PPTX", "slides"),
        ("https://github.com/someone/project", "code"),
        ("https://github.com/someone", "site"),
        ("https://gitlab.com/someone/project", "code"),
        ("https://arxiv.org/abs/1701.00001", "paper"),
        ("https://example.org/papers/queue.pdf", "paper"),
        ("https://www.amazon.co.uk/dp/0131177052", "book"),
        ("https://www.amazon.com/Some-Title/dp/0131177052/", "book"),
        ("https://aws.amazon.com/ecs/", "site"),
        ("https://shop.oreilly.com/product/0636920032175.do", "book"),
        ("https://www.oreilly.com/ideas/something", "site"),
        ("https://notyoutube.com/watch?v=abc", "site"),
        ("https://github.com.evil.example/a/b", "site"),
        ("http://example.org", "site"),
    ],
)
def test_kind(url, kind):
    assert read_resource(url).kind == kind


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/local",
        "https://",
        "http://[bad",
        "ftp://example.org/",
        "javascript:alert(1)",
        "mailto:a@example.org",
        "https://example.org/a b",
        "https://example.org/\x00",
        f"https://example.org/{'a' * 2000}",
    ],
)
def test_what_is_no_resource(url):
    assert read_resource(url) is None


def test_fragments_make_a_resource_of_their_own():
    assert read_resource("https://example.org/#a").key != read_resource("https://example.org/#b").key


def test_the_host_is_in_small_letters_without_port():
    assert read_resource("https://Docs.Example.ORG:8443/a").host == "docs.example.org"
