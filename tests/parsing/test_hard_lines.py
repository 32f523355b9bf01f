"""No repeated sign makes the parser slow, and no link definition makes a post many times longer."""

import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from talks.parsing import make_plain_record, parse_post, read_shown_lines

ROOT = Path(__file__).parents[2]
CPU_SECONDS, MEMORY, WALL_SECONDS = 120, 1 << 30, 3600


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


@pytest.mark.slow
def test_repeated_signs_are_parsed_within_the_time_limit():
    command = [sys.executable, "-m", "tests.parsing.hard_lines", "30000", "60"]
    done = subprocess.run(
        command, cwd=ROOT, preexec_fn=limit, timeout=WALL_SECONDS, capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.stderr, done.returncode) == ("", "", 0)


@pytest.mark.parametrize("sign", ["—", "(", "-", "["])
def test_items_of_50000_equal_signs_are_parsed_fast(sign):
    start = time.process_time()
    parse_post(f"# FooConf 2019\n\n* {sign * 50_000}\n  * a\n* Moss by Ann Lee\n", name="a.md")
    assert time.process_time() - start < 5


@pytest.mark.parametrize("sign", ["_", "a"])
def test_paragraphs_of_50000_equal_letters_are_parsed_fast(sign):
    start = time.process_time()
    parse_post(f"# FooConf 2019\n\n## A Title – Ann Lee\n\nx{sign * 50_000}y\n", name="a.md")
    assert time.process_time() - start < 5


@pytest.mark.parametrize("form", ["---\ntitle: %s\n---\n", "%%{\n  title: %s\n}\n---\n"])
@pytest.mark.parametrize("value", ['"' + '\\"' * 25_000, " " * 50_000 + "x"])
def test_unclosed_texts_and_long_gaps_in_front_matter_parse_fast(form, value):
    start = time.process_time()
    parse_post(form % value, name="a.md")
    read_shown_lines(form % value)
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    "lines",
    [
        ["[a]: http://example.org/" + "x" * 1500, "", *["- [a]" * 50] * 100],
        ["[a]: http://example.org/" + "x" * 1900, "", *["## A Talk – Ann Lee\n- [see][a]"] * 300],
        ["[^1]: " + "x" * 2900, "", *["- b[^1]"] * 1000],
        ["[a b]: <http://example.org/" + "x" * 1900 + ">", "", *["> [A  B] [a b] [x][a b]"] * 500],
    ],
)
def test_many_uses_of_link_definitions_do_not_inflate_the_record(lines):
    text = "# FooConf 2019\n\n## Title – Ann Lee\n\n" + "\n".join(lines) + "\n"
    form = make_plain_record(parse_post(text, name="a.md"), "a.md")
    assert sum(len(said) for said in iterate_texts(form)) <= 10 * len(text)


def test_overused_link_definitions_are_not_expanded():
    text = (
        "# FooConf 2019\n\n## Title – Ann Lee\n\n" + "- [a]\n" * 1000 + "\n[a]: http://example.org/" + "x" * 1500 + "\n"
    )
    post = parse_post(text, name="a.md")
    assert [(d.severity.value, d.line) for d in post.diagnostics if d.code == "links-too-often"] == [("warning", 1006)]
    assert post.definitions == {}


def test_ordinary_use_of_link_labels_is_resolved():
    text = "# FooConf 2019\n\n## Title – Ann Lee\n\n" + "- see [a]\n" * 200 + "\n[a]: http://example.org/\n"
    post = parse_post(text, name="a.md")
    assert {unit.text for unit in post.talks[0].takeaways} == {"see [a](http://example.org/)"}


def iterate_texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for inner in value.values() for text in iterate_texts(inner)]
    return [text for inner in value for text in iterate_texts(inner)] if isinstance(value, list) else []
