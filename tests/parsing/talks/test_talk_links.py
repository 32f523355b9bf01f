"""The recording and the slides that a post names for a talk."""

import pytest

from talks.parsing import parse_post

HEAD = "---\ntitle: Notes from Testing Days 2019\n"
VIDEO = "https://www.youtube.com/watch?v=abcdefghijk"
SLIDES = "https://speakerdeck.com/ada/boxes"


def read(lines, front=""):
    """Return the addresses of recording and slides of a talk with these lines between its heading and its notes."""
    text = f"{HEAD}{front}---\n## Boxes on Ships by Ada Brown\n\n{lines}\n\n* Boxes float\n* Ships carry them\n"
    (talk,) = parse_post(text, name="a.md").talks
    return talk.video_url, talk.slides_url


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (f"Slides: {SLIDES}", ("", SLIDES)),
        ("[Slides](https://example.org/a.pdf)", ("", "https://example.org/a.pdf")),
        (
            "[Video](https://example.org/v) / [Slides](https://example.org/s)",
            tuple("https://example.org/" + x for x in "vs"),
        ),
        ("**Recording:** <https://example.org/v>", ("https://example.org/v", "")),
        (f"* [Video of the talk]({VIDEO})", (VIDEO, "")),
        ("* Folien: [hier](https://example.org/s)", ("", "https://example.org/s")),
        ("* Folien: https://example.org/s", ("", "https://example.org/s")),
        ("[Slides][1]\n\n[1]: https://example.org/s", ("", "https://example.org/s")),
        (VIDEO, (VIDEO, "")),
        (f"They showed {VIDEO} to all", (VIDEO, "")),
        (f"{VIDEO}\n\nhttps://youtu.be/another1", ("", "")),
        (f"Video: {VIDEO}\n\nhttps://youtu.be/another1", (VIDEO, "")),
        (f"They showed [a video]({VIDEO}) of a crash", ("", "")),
        ("* The notes are as good as the\n  [recording](https://example.org/v).", ("", "")),
        ("The talk is on the web now.\nSlides: https://example.org/s", ("", "https://example.org/s")),
        (
            "[Slides](https://example.org/s)\n[Video](https://example.org/v)",
            tuple("https://example.org/" + x for x in "vs"),
        ),
        ("[The video game industry](https://example.org/)", ("", "")),
        ("Their site is https://example.org/", ("", "")),
        ("[Slides](javascript:alert(1))", ("", "")),
        ("[Slides](/files/a.pdf)", ("", "")),
        ("Slides: https://ada:secret@example.org/s", ("", "")),
        (f"Slides: https://example.org/{'a' * 2_000}", ("", "")),
        (f"```\nSlides: {SLIDES}\n```", ("", "")),
    ],
)
def test_a_talks_recording_and_slides_are_found_among_links(lines, found):
    assert read(lines) == found


def test_a_title_linked_to_a_video_gives_the_recording():
    post = parse_post(
        f"{HEAD}---\n## [Boxes on Ships]({VIDEO}) by Ada Brown\n\n* Boxes float\n* So do ships\n", name="a.md"
    )
    assert [talk.video_url for talk in post.talks] == [VIDEO]


def test_recording_and_slides_in_front_matter_override_those_in_text():
    front = f"video: {VIDEO}\nslides: https://example.org/s\n"
    assert read(f"Slides: {SLIDES}", front) == (VIDEO, "https://example.org/s")


def test_a_front_matter_video_belongs_to_none_of_several_talks():
    talks = "## Boxes by Ada Brown\n\n* They float\n* All\n\n## Cats by Eve Fox\n\n* They purr\n* All\n"
    text = f"{HEAD}video: {VIDEO}\n---\n{talks}"
    assert [talk.video_url for talk in parse_post(text, name="a.md").talks] == ["", ""]


def test_front_matter_videos_and_slides_without_web_address_are_ignored():
    assert read("", "video: true\nslides: javascript:alert(1)\n") == ("", "")


def test_recording_and_slides_are_among_the_references_of_a_talk():
    text = f"{HEAD}video: {VIDEO}\n---\n## Boxes by Ada Brown\n\nSlides: {SLIDES}\n\n* They float\n* All\n"
    (talk,) = parse_post(text, name="a.md").talks
    assert [(r.url, r.line) for r in talk.references] == [(VIDEO, 3), (SLIDES, 7)]
