"""What a worker computes ahead changes no plan and nothing that is derived."""

import pickle
from dataclasses import replace

import pytest

from talks.derived import search_text
from talks.importing import import_posts, run
from talks.importing.reconcile.known import Known, KnownConference, KnownImage
from talks.importing.reconcile.post_fields import ReadPost
from talks.importing.reconcile.post_plan import reconcile
from talks.importing.reconcile.read_ahead import look_ahead
from talks.markup import locate_image
from talks.parsing import parse_post
from talks.vocabulary import BaseTag, compile_shipped, compile_vocabulary

TEXT = """\
---
title: Notes
confnotes:
  series: Testing Days
  year: 2019
  talk_level: 2
---
## Boxes in Kubernetes with Ada Brown
* Docker is **one** way to <b>do</b> it
* Same
* Same
  * Größe matters in `k8s`
### Later
![a picture of boxes](boxes.png)
## Empty hands with Una Verde
"""
STORED = f"/media/{'a' * 64}.png"
EMPTY = Known(None, KnownConference("Testing Days", 2019))


@pytest.fixture
def readings():
    parsed = parse_post(TEXT, name="a.md")
    plain = ReadPost("a.md", "/notes/a.md", "digest", TEXT, parsed)
    return plain, replace(plain, ahead=pickle.loads(pickle.dumps(look_ahead("a.md", parsed))))


def test_plans_are_the_same_for_posts_computed_ahead_in_workers(readings):
    plain, ahead = readings
    assert reconcile(plain, EMPTY) == reconcile(ahead, EMPTY)
    taken = replace(EMPTY, taken=({*plain.public_ids[1:3]},))
    assert reconcile(plain, taken) == reconcile(ahead, taken)


def test_html_of_posts_computed_ahead_has_their_images(readings):
    images = {locate_image("boxes.png", "/a.md"): KnownImage("digest", "png", 9, STORED, "")}
    plain, ahead = (reconcile(replace(reading, images=images), EMPTY) for reading in readings)
    assert plain == ahead
    assert STORED in ahead.talks[0].takeaways[-1].html


def test_texts_computed_ahead_mention_the_same_tags(readings):
    texts = readings[1].ahead.texts.names
    vocabulary = compile_vocabulary((BaseTag("size", "Größe"), BaseTag("hands", "Empty hands")))
    known = replace(vocabulary, known=texts)
    assert {text: known.read(text) for text in texts} == {text: vocabulary.read(text) for text in texts}
    assert any(vocabulary.read(text).hits for text in texts)


@pytest.mark.django_db
def test_texts_computed_ahead_are_not_searched_for_shipped_tags_again(write, monkeypatch):
    def fail(*args):
        raise AssertionError("read again")

    def begin(self, job, count):
        parsed = parse_post(TEXT, name="a.md")
        ahead = look_ahead("a.md", parsed)
        monkeypatch.setattr(search_text, "place_notes_of_talk", fail)
        monkeypatch.setattr(compile_shipped(), "read", lambda words: read.append(words.text) or nothing)
        return lambda: (parsed, ahead)

    nothing, read = compile_shipped().read_text(""), []
    monkeypatch.setattr(run.Run, "_begin_to_read", begin)
    report = import_posts([write("a.md", TEXT)])
    assert report.count("created") == 1
    assert set(read) <= {"Notes"}
