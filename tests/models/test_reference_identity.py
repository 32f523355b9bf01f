import pytest
from hypothesis import given
from hypothesis import strategies as st

from talks.models import rank_address, read_resource


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
        ("https://example.org/white_paper_queue.ps", "paper"),
        ("https://www.cidrdb.org/cidr2005/P12.pdf", "paper"),
        ("https://www.usenix.org/sites/default/files/conference/atc_slides_lee.pdf", "slides"),
        ("https://go.dev/talks/2015/go-gc.pdf", "slides"),
        ("https://example.org/myslides.pdf", "slides"),
        ("https://example.org/menu.pdf", "site"),
        ("https://example.org/newspapers.pdf", "site"),
        ("https://example.org/papers/", "site"),
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
def test_a_references_kind_is_guessed_from_its_address(url, kind):
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
        "https://ann:secret@example.org/",
        "https://example.org/a b",
        "https://example.org/\x00",
        f"https://example.org/{'a' * 2000}",
    ],
)
def test_invalid_addresses_are_no_resources(url):
    assert read_resource(url) is None


def test_a_references_host_is_lower_case_without_port():
    assert read_resource("https://Docs.Example.ORG:8443/a").host == "docs.example.org"


SAME = [
    ["https://example.org/a", "http://example.org/a", "http://www.example.org/a/", "HTTPS://Example.ORG:443/a#part"],
    ["https://example.org", "http://example.org:80/", "https://example.org/index.html", "https://example.org/#top"],
    ["https://example.org/a?b=1&c=2", "https://example.org/a?c=2&b=1&utm_source=x&fbclid=y&gclid=z"],
    ["https://example.org/a?utm_medium=mail&UTM_Campaign=1&mc_cid=2&ref_src=twsrc", "https://example.org/a"],
    ["https://example.org/caf%c3%a9", "https://example.org/caf%C3%A9", "https://example.org/café"],
    ["https://example.org//a//b/", "https://example.org/a/b", "https://m.example.org/a/b"],
    [
        "https://arxiv.org/abs/1701.00001",
        "http://arxiv.org/pdf/1701.00001.pdf",
        "https://www.arxiv.org/pdf/1701.00001v3",
        "https://export.arxiv.org/abs/1701.00001v2",
        "https://doi.org/10.48550/arXiv.1701.00001",
    ],
    ["https://arxiv.org/abs/cs/0701001", "https://arxiv.org/pdf/cs/0701001v1.pdf"],
    [
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://youtu.be/dQw4w9WgXcQ?t=42",
        "https://m.youtube.com/watch?feature=share&v=dQw4w9WgXcQ&list=PL1",
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?rel=0",
        "http://youtube.com/v/dQw4w9WgXcQ",
        "https://www.youtube.com/live/dQw4w9WgXcQ",
    ],
    ["https://vimeo.com/12345", "https://player.vimeo.com/video/12345?h=a"],
    [
        "https://doi.org/10.1145/3132747.3132749",
        "http://dx.doi.org/10.1145/3132747.3132749",
        "https://dl.acm.org/doi/10.1145/3132747.3132749",
        "https://dl.acm.org/doi/pdf/10.1145/3132747.3132749?download=true",
        "https://doi.org/10.1145%2F3132747.3132749",
    ],
    ["https://doi.org/10.1002/ABC", "https://onlinelibrary.wiley.com/doi/abs/10.1002/abc"],
    [
        "https://www.amazon.com/Some-Title/dp/0131177052/ref=sr_1_1?qid=1",
        "https://www.amazon.co.uk/dp/0131177052",
        "http://amazon.de/gp/product/0131177052?tag=me-21",
    ],
    [
        "https://github.com/Some/Project",
        "https://github.com/some/project.git",
        "https://github.com/some/project/tree/main",
    ],
    ["https://app.example.org/#!/a", "http://app.example.org/#!/a"],
]
APART = [
    ["https://example.org/a", "https://example.org/b", "https://example.org/A", "https://other.example.org/a"],
    ["https://example.org/a?id=1", "https://example.org/a?id=2", "https://example.org/a"],
    ["https://example.org:8443/", "https://example.org/"],
    ["https://app.example.org/#!/a", "https://app.example.org/#!/b", "https://app.example.org/#/a"],
    ["https://www.youtube.com/watch?v=dQw4w9WgXcQ", "https://www.youtube.com/watch?v=aaaaaaaaaaa"],
    [
        "https://www.youtube.com/playlist?list=PL1",
        "https://www.youtube.com/playlist?list=PL2",
        "https://youtube.com/@a",
    ],
    ["https://arxiv.org/abs/1701.00001", "https://arxiv.org/abs/1701.00002", "https://arxiv.org/list/cs/new"],
    ["https://github.com/some/project", "https://github.com/some/other", "https://github.com/some/project/issues/1"],
    ["https://github.com/some/project/blob/main/A", "https://github.com/some/project/blob/main/a"],
    ["https://www.gov.uk/", "https://gov.uk.example/", "https://m.me/a"],
    ["https://www.amazon.com/dp/0131177052", "https://www.amazon.com/dp/0131177053", "https://aws.amazon.com/ecs/"],
    ["https://example.org/%2f", "https://example.org/"],
]


@pytest.mark.parametrize("urls", SAME)
def test_equivalent_addresses_mean_one_resource(urls):
    assert len({read_resource(url).key for url in urls}) == 1


@pytest.mark.parametrize("urls", APART)
def test_similar_addresses_of_different_resources_differ(urls):
    assert len({read_resource(url).key for url in urls}) == len(urls)


@pytest.mark.parametrize(
    "url", ["https://example.org/%ff%fe", "https://example.org/?a=%ff", "https://example.org/\ud800"]
)
def test_addresses_that_are_not_utf_8_cause_no_error(url):
    assert read_resource(url) is None or len(read_resource(url).key) == 64


def test_an_address_with_a_bad_port_is_no_resource():
    assert read_resource("https://example.org:99999/") is None


@given(st.text(max_size=60))
def test_any_text_can_be_read_as_an_address(tail):
    for url in (tail, f"https://example.org/{tail}", f"https://{tail}", f"https://youtu.be/{tail}"):
        resource = read_resource(url)
        assert resource is None or resource.url == url


def test_the_preferred_address_is_secure_untracked_and_short():
    urls = [
        "https://e.org/a",
        "https://e.org/b",
        "https://www.e.org/a",
        "https://m.e.org/a",
        "https://e.org/a?utm_source=x",
        "http://e.org/a",
        "http://m.e.org/a",
        "http://e.org/a?fbclid=",
    ]
    assert sorted(sorted(urls), key=rank_address) == urls
