import pytest
from hypothesis import given
from hypothesis import strategies as st

from talks.derived.reference_names import is_telling, name_reference, write_short

DOCS = "https://docs.example.org/guide/event-loop.html"
VIDEO = "https://www.youtube.com/watch?v=abc123"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://github.com/cmu-pasta/fray", "cmu-pasta/fray"),
        ("https://github.com/cmu-pasta/fray.git", "cmu-pasta/fray"),
        ("https://gitlab.com/owner/project/tree/main", "owner/project"),
        ("https://github.com/topics/java", "Fray"),
        ("https://github.com/cmu-pasta/fray/issues/3", "Fray"),
        ("https://github.com/cmu-pasta", "Fray"),
    ],
)
def test_a_repository_is_called_by_owner_and_name(url, name):
    assert name_reference(url, "code", [("Fray", "A talk")]) == name


@pytest.mark.parametrize(
    "text",
    [
        "here", "Here", "link", "this", "slides", "Slides", "keynote", "keywords", "about channels", "Read this",
        "Text and slides", "Abstract, slides and recording", "Watch it", "her own site", "page on them", "blog post",
        "Text", "Spotlights", "Orals", "Poster",
        "Slides of an earlier version", "29. September 2016", "vidéo de Sonia", "a Workshop", "Example",
        "docs.example.org", "https://docs.example.org", "", " ", "x", "2017", "hier", "ici", "...",
        "collection of them", "the Great Thing",
    ],
)  # fmt: skip
def test_link_texts_without_description_name_no_reference(text):
    """Nor do those that are part of a sentence."""
    assert not is_telling(text, DOCS)
    assert name_reference(DOCS, "site", [(text, "A talk")]) == "docs.example.org/guide/event-loop.html"


@pytest.mark.parametrize(
    "text",
    [
        "Smart Reply: Automated Response Suggestion for Email", "Loupe", "ShellCheck", "Wright's law", "event loop",
        "PGP", "@tenderlove", "#ruby", "What do you mean by “Event-Driven”?", "C++", "プラグイン",
        "Вирус", "Time of Check",
    ],
)  # fmt: skip
def test_a_link_text_that_is_a_title_names_the_reference(text):
    assert name_reference(DOCS, "site", [(each, "A talk") for each in ("here", text, "slides")]) == text


def test_link_texts_that_are_host_names_name_front_pages_only():
    assert name_reference("https://www.shellcheck.net/", "site", [("ShellCheck", "A talk")]) == "ShellCheck"
    assert name_reference("https://twitter.com/someone", "site", [("Twitter", "A talk")]) == "twitter.com/someone"
    assert name_reference("https://world.openfacts.org", "site", [("Open Facts", "A talk")]) == "Open Facts"


@pytest.mark.parametrize("host", ["mossgarden.org", "moss-garden.org"])
def test_a_hosts_name_is_recognised_with_and_without_hyphens(host):
    assert name_reference(f"https://{host}/x", "site", [("MossGarden", "A talk")]) == f"{host}/x"
    assert name_reference(f"https://{host}/", "site", [("MossGarden", "A talk")]) == "MossGarden"


def test_the_commonest_link_text_names_the_reference():
    assert name_reference(DOCS, "site", [(text, "A talk") for text in ("Loop", "The Loop", "Loop")]) == "Loop"
    assert name_reference(DOCS, "site", [(text, "A talk") for text in ("Aa loop", "Event Loops")]) == "Event Loops"


@pytest.mark.parametrize(
    ("kind", "cited", "name"),
    [
        ("video", [("Recording", "Simple Made Easy")], "Simple Made Easy"),
        ("slides", [("his slides", "Simple Made Easy")], "Simple Made Easy"),
        ("video", [("about channels", "A talk"), ("Recording", "Simple Made Easy")], "Simple Made Easy"),
        ("video", [("Video", "One"), ("Video", "Two"), ("Watch it", "Two")], "Two"),
        ("video", [("her talk", "Simple Made Easy")], "Simple Made Easy"),
        ("video", [("this talk", "Simple Made Easy")], "youtube.com/watch?v=abc123"),
        ("video", [("her talk at Strange Loop", "Another")], "youtube.com/watch?v=abc123"),
        ("site", [("her talk", "Simple Made Easy")], "youtube.com/watch?v=abc123"),
        ("site", [("Recording", "Simple Made Easy")], "youtube.com/watch?v=abc123"),
        ("video", [], "youtube.com/watch?v=abc123"),
    ],
)
def test_an_unnamed_recording_is_named_after_its_talk(kind, cited, name):
    assert name_reference(VIDEO, kind, cited) == name


def test_talks_own_recordings_and_slides_are_named_after_them():
    """Unless a link or a repository names them."""
    cited = [("a link", "Another"), ("Slides and notes", "Simple Made Easy")]
    assert name_reference(DOCS, "slides", cited, ["Simple Made Easy"]) == "Simple Made Easy"
    assert name_reference(DOCS, "slides", [*cited, ("Event Loops", "Another")], ["Simple"]) == "Event Loops"
    assert name_reference("https://github.com/a/b", "slides", cited, ["Simple"]) == "a/b"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.example.org/caf%C3%A9/", "example.org/café"),
        ("http://example.org/%A5%D7", "example.org/%A5%D7"),
        ("http://example.org", "example.org"),
    ],
)
def test_an_address_as_name_is_shortened(url, name):
    assert write_short(url) == name


@pytest.mark.slow
@given(st.text(max_size=40), st.text(max_size=40))
def test_every_reference_has_a_name(text, path):
    name = name_reference(f"https://example.org/{path}", "site", [(text, "A talk")])
    assert name
    assert len(name) <= 300
