"""How names are compared, sorted and turned into slugs."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from talks import names
from talks.importing.sources.file_endings import MARKDOWN
from talks.importing.sources.pandoc import FORMATS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lisa Guo", "Lisa Guo"),
        ("  Lisa\xa0 Guo\n", "Lisa Guo"),
        ("Bone\u0301r", "Bonér"),
        ("ﬁne ＡＢＣ", "ﬁne ＡＢＣ"),
        ("", ""),
    ],
)
def test_normalising_a_name_keeps_its_spelling(text, expected):
    assert names.normalise(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [("Lisa Guo", "lisa  GUO"), ("Bonér", "Bone\u0301r"), ("STRASSE", "straße"), ("ＡＢＣ", "abc"), ("ﬁne", "fine")],
)
def test_names_differing_in_case_and_spaces_fold_alike(one, other):
    assert names.fold(one) == names.fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Bonér", "Boner"), ("C", "C++"), ("C++", "C#"), ("a-b", "a b"), ("I", "ı")]
)
def test_names_differing_in_letters_fold_differently(one, other):
    assert names.fold(one) != names.fold(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jonas Bonér", "jonas boner"),
        ("École", "ecole"),
        ("İstanbul", "istanbul"),
        ("Ὀδυσσεύς", "οδυσσευσ"),
        ("C++", "c++"),
        ("日本語", "日本語"),
        ("한국어", "한국어"),
        ("x²", "x2"),
        ("ℌ №", "h no"),
    ],
)
def test_the_form_for_searching_has_neither_capitals_nor_accents(text, expected):
    assert names.fold_accents(text) == expected


def test_removing_accents_keeps_the_voicing_of_kana():
    assert (names.fold_accents("ガス"), names.sort_key("ｶﾞｽ ﾊﾟﾝ")) == ("ガス", "ガス パン")
    assert names.slugify("プログラミング") == "プログラミング"
    assert names.fold_accents("カス") != names.fold_accents("ガス")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zoë's  C++: ﬁne!", "zoe s c fine"),
        ("ガスのプログラミング、é", "ガスのプログラミング e"),
        ("ᾳ ℌ İ", "αι h i"),
        ("***", ""),
    ],
)
def test_folding_words_keeps_only_letters_and_digits(text, expected):
    assert names.fold_words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Événement, l'", "evenement l"),
        ("  .NET  Core", "net core"),
        ("C++", "c"),
        ("+++", "+++"),
        ("snake_case", "snake case"),
        ("", ""),
    ],
)
def test_names_sort_without_regard_to_case_and_accents(text, expected):
    assert names.sort_key(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Scaling Instagram Architecture", "scaling-instagram-architecture"),
        ("C", "c"),
        ("C++", "cpp"),
        ("C#", "c-sharp"),
        ("C++ and C#, F#", "cpp-and-c-sharp-f-sharp"),
        ("Google+", "google-plus"),
        ("1+1", "1-1"),
        ("Don't panic: it’s Node.js", "dont-panic-its-node-js"),
        ("Bonér", "boner"),
        ("日本語 入門", "日本語-入門"),
        ("Привет", "привет"),
        ("--- !!! ---", ""),
        ("", ""),
        ("😀", ""),
        ("x" * 100, "x" * 80),
        ("word " * 30, "word-" * 15 + "word"),
    ],
)
def test_names_of_any_script_become_readable_slugs(text, expected):
    assert names.slugify(text) == expected


@pytest.mark.parametrize(
    ("text", "taken", "expected"),
    [
        ("Docker", set(), "docker"),
        ("Docker", {"docker"}, "docker-2"),
        ("Docker", {"docker", "docker-2", "docker-3"}, "docker-4"),
        ("Docker", {"docker-2"}, "docker"),
        ("2017", set(), "tag-2017"),
        ("!!!", set(), "tag"),
        ("!!!", {"tag"}, "tag-2"),
    ],
)
def test_used_slugs_get_a_number_appended(text, taken, expected):
    assert names.choose_slug(text, taken, fallback="tag") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("日本", True),
        ("カフカ", True),
        ("한국", True),
        ("ไทย", True),
        ("Kafkaと", True),
        ("Kafka", False),
        ("Привет", False),
        ("", False),
    ],
)
def test_scripts_without_spaces_are_recognised(text, expected):
    assert names.is_unspaced(text) == expected


FORMS = [names.normalise, names.fold, names.fold_accents, names.sort_key, names.slugify]


@pytest.mark.parametrize("form", FORMS)
@given(text=st.text(max_size=60))
@example("\u0345")
@example("ϓ\u0301")
@example("İ")
@example("\u1e9e")
@example("0\u00af")  # a macron is a space with an accent, and the accent goes
def test_folding_a_folded_name_changes_nothing(form, text):
    once = form(text)
    assert form(once) == once


@given(st.text(max_size=60))
def test_composed_and_decomposed_letters_fold_alike(text):
    for form in FORMS:
        assert form(unicodedata.normalize("NFD", text)) == form(unicodedata.normalize("NFC", text))


@given(st.text(max_size=300), st.sets(st.sampled_from(["x", "x-2", "a", "a-2"])))
def test_a_chosen_slug_is_unused_and_valid(text, taken):
    slug = names.choose_slug(text, taken, fallback="talk")
    assert slug not in taken
    assert slug
    assert not slug.isdigit()
    assert len(slug) <= 88
    assert not set(slug) & set(" /?#%&+.\\'\"<>_")


@pytest.mark.parametrize("ending", [*MARKDOWN, *FORMATS, "MD", "htm", "adoc"])
def test_slugs_of_files_leave_out_endings_like_md(ending):
    assert names.slugify_file(f"2017-03-23-Moss & Ferns.{ending}") == ["moss-ferns", "2017-03-23-moss-ferns"]
    assert names.slugify_file(f"v1.2 moss.{ending}") == ["v1-2-moss"]
