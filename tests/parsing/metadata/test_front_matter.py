import pytest

from talks.parsing.metadata.front_matter import FrontMatter, read_front_matter
from talks.parsing.metadata.front_matter_values import flatten
from talks.parsing.text.cleaning import clean_text


def read(text: str) -> FrontMatter:
    return read_front_matter(clean_text(text).lines)


def values(text: str) -> dict[str, object]:
    return {key: flatten(entry.value) for key, entry in read(text).entries.items()}


def remarks(text: str) -> list[tuple[str, str, int]]:
    return [(d.severity.value, d.code, d.line) for d in read(text).diagnostics]


@pytest.mark.parametrize(
    ("text", "form", "body_line", "expected"),
    [
        ("---\ntitle: x\n---\nbody", "yaml", 4, {"title": "x"}),
        ("---\ntitle: x\n...\nbody", "yaml", 4, {"title": "x"}),
        ("---\n---\nbody", "yaml", 3, {}),
        ('---\nDate:2017-01-01\ntitle:"x:y"\nsee: a\n---\nbody', "yaml", 6,
         {"Date": "2017-01-01", "title": "x:y", "see": "a"}),
        ("---\n\ntitle: x\n---\nbody", "yaml", 5, {"title": "x"}),
        ("+++\ntitle = 'x'\nn = 1.50\nd = 2017-03-23T00:00:00Z\nb = false\n+++\n", "toml", 7,
         {"title": "x", "n": "1.50", "d": "2017-03-23T00:00:00+00:00", "b": "false"}),
        ("+++\ntitle = 'x'\nété = 'y'\n+++\nbody", "toml", 5, {"title": "x", "été": "y"}),
        (';;;\n{"title": "x"}\n;;;\nbody', "json", 4, {"title": "x"}),
        ('{"title": "x", "n": 1.50,\n "none": null}\nbody', "json", 3, {"title": "x", "n": "1.50", "none": ""}),
        ("title: x\ndate: 2017-01-01\n---\nbody", "yaml", 4, {"title": "x", "date": "2017-01-01"}),
        ("Title: X: y\nDate: 2017\n  more\n\nbody", "pelican", 4, {"Title": "X: y", "Date": "2017 more"}),
        ("    Title: X: y\n    Date: 2017-01-01\n    Tags:\n\nbody", "frog", 4,
         {"Title": "X: y", "Date": "2017-01-01", "Tags": ""}),
        ("status=published\n\ntitle=X = y\n~~~~~~\nbody", "jbake", 5, {"status": "published", "title": "X = y"}),
        (".. title: X: y\n.. slug:\n.. date: 2017-01-01\n\nbody", "nikola", 4, {"title": "X: y", "date": "2017-01-01"}),
        ("{% meta %}\ntitle: x\ntags: [a]\n{% endmeta %}\nbody", "yaml", 5, {"title": "x", "tags": ["a"]}),
        ('{% meta title: "X" %}\n{% meta date=2017-01-01 %}\nbody', "meta tags", 3,
         {"title": "X", "date": "2017-01-01"}),
        ("@title X\n@author Ann Lee\n\nbody", "at", 3, {"title": "X", "speaker": "Ann Lee"}),
        ('%{\n  title: "X: ~w(y) => 1",\n  tags: ~w(moss wet),\n  date: ~D[2017-01-01]\n}\n---\nbody', "elixir", 7,
         {"title": "X: ~w(y) => 1", "tags": ["moss", "wet"], "date": "2017-01-01"}),
        ('---\n%{\n  "title" => "X",\n  "tags" => [:moss, "wet"],\n  by: nil,\n}\n---\nbody', "elixir", 8,
         {"title": "X", "tags": ["moss", "wet"], "by": "null"}),
        ("%{\nplain text\n}\nbody", "", 1, {}),
        ("    Title: X\n    print(x)\n\nbody", "", 1, {}),
        ("    Title: X\n    Note: y\nbody", "", 1, {}),
        ("a=b\nplain text\n~~~~\n", "", 1, {}),
        ("@media print\n\nbody", "", 1, {}),
        ("plain text\n---\n", "", 1, {}),
        ("Note: a sentence.\n\nbody", "", 1, {}),
        ("{{< shortcode >}}\nbody", "", 1, {}),
        (".. note: a remark\n\nbody", "", 1, {}),
        ("{% meta %}\nplain text\n{% endmeta %}\nbody", "", 1, {}),
        ("{% include x %}\nbody", "", 1, {}),
    ],
)  # fmt: skip
def test_front_matter_is_read_in_every_format(text, form, body_line, expected):
    front = read(text)
    assert (front.format, front.body_line, values(text)) == (form, body_line, expected)
    assert front.diagnostics == ()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("!binary |-\n  MjAxNy0w\n  MS0wMg==", "2017-01-02"),
        ("!!binary R3LDvMOfZQ==", "Grüße"),
        ("!binary no-text", "no-text"),
        ("!binary //4=", "//4="),
    ],
)
def test_base64_texts_in_front_matter_are_decoded(value, text):
    assert values(f"---\na: {value}\nb: x\n---\n") == {"a": text, "b": "x"}


def test_yaml_numbers_and_dates_stay_text_as_written():
    text = "---\na: NO\nb: 1.10\nc: 12:30\nd: 2017-02-31\ne: ~\nf: 'quoted'\ng: |\n  two\n  lines\n---\n"
    assert values(text) == {
        "a": "NO", "b": "1.10", "c": "12:30", "d": "2017-02-31", "e": "~", "f": "quoted", "g": "two lines ",
    }  # fmt: skip


def test_every_key_of_front_matter_has_its_line():
    entries = read("---\na: 1\n# c\nb:\n  - x\nc: {d: e}\n---\n").entries
    assert {key: entry.line for key, entry in entries.items()} == {"a": 2, "b": 4, "c": 6}


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("---\ntitle: x\nbody", "front-matter-unclosed", 1),
        ("+++\ntitle = 'x'\nbody", "front-matter-unclosed", 1),
        ("---\n- a\n- b\n---\n", "front-matter-invalid", 1),
        ("---\njust words\n---\n", "front-matter-invalid", 1),
        ("---\na: &x [1]\n---\n", "front-matter-unsafe", 2),
        ("---\na: 1\nb: *x\n---\n", "front-matter-unsafe", 3),
        ("---\ntitle: !Important talk\n---\n", "front-matter-unsafe", 2),
        ("---\nt: 1\na: !!python/object/apply:os.system ['x']\n---\n", "front-matter-unsafe", 3),
        ("---\ntitle: *bold* words\n---\n", "front-matter-unsafe", 2),
        ("---\nt: a: b\nlist: [x, *y]\n---\n", "front-matter-unsafe", 3),
        ('---\ntitle: "a\\0b"\n---\n', "front-matter-invalid", 2),
        ("---\na: " + "[" * 40 + "]" * 40 + "\n---\n", "front-matter-invalid", 2),
        ("---\na: " + "x" * 70_000 + "\n---\n", "front-matter-invalid", 2),
        ("---\ntitle: x\nno key here\n---\n", "front-matter-invalid", 3),
        ("+++\ntitle = \n+++\n", "front-matter-invalid", 2),
        ("+++\nb = 1\na = nan\n+++\n", "front-matter-invalid", 3),
        ("+++\na = " + "[" * 5000 + "\n+++\n", "front-matter-invalid", 2),
        ('{"a": 1,\n "a": 2}\n', "front-matter-duplicate", 2),
        ('{"a": NaN}\n', "front-matter-invalid", 1),
        ('{"a": "\\ud800"}\n', "front-matter-invalid", 1),
        ('{"a": "\\u0000"}\n', "front-matter-invalid", 1),
        ('{"a": \n', "front-matter-invalid", 2),
        ('{"a":' + "[" * 100_000, "front-matter-invalid", 1),
        ("Title: a\nTitle: b\n\n", "front-matter-duplicate", 2),
    ],
)
def test_unsafe_or_invalid_front_matter_is_refused(text, code, line):
    assert remarks(text) == [("error", code, line)]


@pytest.mark.parametrize(
    ("text", "held", "line"),
    [
        ("---\na: 1\nb: 2\na: 3\n---\n", {"a": "3", "b": "2"}, 4),
        ("---\na:\n  b: 1\n  b: 2\n---\n", {"a": {"b": "2"}}, 4),
        ("---\na: 1\na: Moss: soft\n---\n", {"a": "Moss: soft"}, 3),
    ],
)
def test_the_last_value_of_a_repeated_key_holds(text, held, line):
    assert values(text) == held
    assert remarks(text)[0] == ("warning", "front-matter-repeated", line)


@pytest.mark.parametrize(
    "text", ["----\ntext", "---\n\ntext\n\n---\nmore", "---\ntext without a second rule", "+++\ntext"]
)
def test_a_rule_at_the_top_is_text_with_a_warning(text):
    front = read(text)
    assert (front.format, front.body_line) == ("", 1)
    assert remarks(text) == [("warning", "rule-at-top", 1)]


def test_common_invalid_yaml_values_are_taken_literally_with_a_note():
    text = "---\ntitle: Talk: the sequel\nauthor: @foo\ntags: [a, b]\nnested:\n  - x: 1\n---\n"
    assert values(text) == {
        "title": "Talk: the sequel", "author": "@foo", "tags": ["a", "b"], "nested": [{"x": "1"}],
    }  # fmt: skip
    assert remarks(text) == [("note", "front-matter-loose", 2), ("note", "front-matter-loose", 3)]


@pytest.mark.parametrize(
    ("line", "held"),
    [
        ("tags: [gardening", {"tags": ["gardening"]}),
        ("tags: [moss, 'slow water'\n  , peat", {"tags": ["moss", "slow water", "peat"]}),
        ("tags: [moss, slow water # to be sorted", {"tags": ["moss", "slow water"]}),
        ("tags: [moss, # wet\n  peat", {"tags": ["moss", "peat"]}),
        ("tags: [#moss, #peat]", {"tags": ["#moss", "#peat"]}),
        ("Keywords: [@moss]", {"Keywords": ["@moss"]}),
        ("speakers: [Ann Lee, Bob Roy", {"speakers": ["Ann Lee", "Bob Roy"]}),
    ],
)
def test_broken_lists_are_cut_at_their_commas_with_a_warning(line, held):
    text = f"---\ntitle: x\n{line}\ndate: 2019-05-01\n---\n"
    assert values(text) == {"title": "x", **held, "date": "2019-05-01"}
    assert remarks(text) == [("warning", "front-matter-list", 3)]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("title", "[Moss and peat"),
        ("author", "[Ann Lee](https://example.org/ann)"),
        ("speakers", "[[Ann Lee]], [[Bob Roy]]"),
        ("tags", "["),
    ],
)
def test_other_invalid_values_with_brackets_stay_texts(key, value):
    text = f"---\nslug: x\n{key}: {value}\ndate: 2019-05-01\n---\n"
    assert values(text) == {"slug": "x", key: value, "date": "2019-05-01"}
    assert remarks(text) == [("note", "front-matter-loose", 3)]


def test_front_matter_below_blank_lines_is_read_with_a_warning():
    front = read("\n\n---\ntitle: x\n---\nbody")
    assert (front.format, front.body_line, flatten(front.entries["title"].value)) == ("yaml", 6, "x")
    assert [(d.code, d.line) for d in front.diagnostics] == [("front-matter-late", 3)]


@pytest.mark.parametrize("text", ["\n---\nwords\n", "\n---\ntitle: x\nbody", "\n\nplain text\n---\n", "\n----\n"])
def test_uncertain_front_matter_below_blank_lines_is_text(text):
    front = read(text)
    assert (front.format, front.body_line, front.diagnostics) == ("", 1, ())


@pytest.mark.parametrize("value", ["{{date}}", "{? [a] : b}"])
def test_yaml_values_with_a_map_as_key_become_text(value):
    text = f"---\ntitle: Moss\nplanted: {value}\ntags: [a]\n---\n"
    assert values(text) == {"title": "Moss", "planted": value, "tags": ["a"]}
    assert remarks(text) == [("note", "front-matter-loose", 3)]
