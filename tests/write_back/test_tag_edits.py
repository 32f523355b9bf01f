"""Tags change in whatever form the front matter has them, and its other lines stay."""

import pytest

from talks.importing.reconcile.column_lengths import fit_post
from talks.parsing import parse_post
from talks.write_back.edits import TagsEdit
from talks.write_back.proof import write_edits

BODY = "\n## Boxes on Ships with Ada Brown\n* Docker images ought to be small ones\n"


def read(text):
    return fit_post(parse_post(text, name="post.md"), text)


@pytest.mark.parametrize(
    ("before", "after", "tags"),
    [
        ("tags: [Docker, Baking]  # ours", "tags: [Docker, CI]  # ours", ("Docker", "CI")),
        ("tags: ['Docker', 'Baking']", "tags: ['Docker', 'Baking', 'C''s']", ("Docker", "Baking", "C's")),
        ("tags: [Docker]", 'tags: [Docker, "A: B"]', ("Docker", "A: B")),
        ("tags: [\n  Docker,\n  Baking\n]", "tags: [\n  Docker,\n  Baking,\n  CI\n]", ("Docker", "Baking", "CI")),
        ("tags: []", 'tags: ["CI"]', ("CI",)),
        ("tags: Docker, Baking", "tags: Baking, CI", ("Baking", "CI")),
        ('tags: "Docker, Baking"', 'tags: "Docker, Baking, CI"', ("Docker", "Baking", "CI")),
        ("tags:\n  - Docker # one\n  - Baking", "tags:\n  - Docker # one\n  - CI", ("Docker", "CI")),
        ("tags:\n- 'Docker'\n- 'Baking'", "tags:\n- 'Baking'\n- 'CI'", ("Baking", "CI")),
        ("keywords: Docker", "keywords: Docker, CI", ("Docker", "CI")),
        ("x: 1", "x: 1\ny: 2\ntags: [CI]", ("CI",)),
    ],
)
def test_tags_are_changed_in_yaml(before, after, tags):
    second = "" if before == "x: 1" else "\ny: 2"
    text = f"---\ntitle: Notes\n{before}\ny: 2\n---{BODY}"
    written = write_edits(text, read(text), [TagsEdit(tags)], read)
    assert written.refused == ()
    assert written.text == f"---\ntitle: Notes\n{after}{second}\n---{BODY}"


def test_tags_are_changed_in_toml():
    text = f'+++\ntitle = "Notes"\ntags = ["Docker", "Baking"]\n+++{BODY}'
    written = write_edits(text, read(text), [TagsEdit(("Baking", "CI"))], read)
    assert written.text == text.replace('["Docker", "Baking"]', '["Baking", "CI"]')


def test_tags_are_changed_in_json():
    text = f'{{\n  "title": "Notes",\n  "tags": ["Docker"]\n}}\n{BODY}'
    written = write_edits(text, read(text), [TagsEdit(("Docker", "CI"))], read)
    assert written.text == text.replace('["Docker"]', '["Docker", "CI"]')


def test_tags_are_refused_without_front_matter():
    text = BODY.lstrip()
    written = write_edits(text, read(text), [TagsEdit(("CI",))], read)
    assert (written.text, [why for _, why in written.refused]) == (
        text,
        ["the post has no front matter with a line of its own for tags"],
    )
