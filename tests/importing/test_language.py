"""Detecting the language of a post."""

import pytest

from talks.importing import language
from talks.importing.language import detect_language

ENGLISH = "The team said that it would not have been there if the tests had failed, and they showed how they are run. "
GERMAN = "Das Team sagte, dass es ohne die Tests nicht so weit wäre, und zeigte, wie sie jeden Tag laufen. "
FRENCH = "L’équipe dit que sans les tests elle ne serait pas là, et montre comment ils tournent chaque jour. "
DUTCH = "Het team zei dat het zonder de tests niet zo ver was gekomen, en liet zien hoe ze elke dag draaien. "


@pytest.mark.parametrize(
    ("text", "code"), [(ENGLISH * 20, "en"), (GERMAN * 20, "de"), (FRENCH * 20, "fr"), (DUTCH * 20, "nl")]
)
def test_the_language_of_prose_is_detected(text, code):
    assert detect_language(text) == code


@pytest.mark.parametrize(
    "text",
    [
        f"```moss``` ist grün.\n{GERMAN * 20}\n```x``` auch.\n",
        f"1. Eins\n\n    ```\n    {'# the words of code ' * 100}\n    ```\n\n{GERMAN * 9}",
        f"```\n{GERMAN * 20}",
    ],
)
def test_fenced_code_is_no_prose(text):
    assert detect_language(text) == "de"


def test_too_little_text_has_no_language():
    assert detect_language("The one.") == ""


@pytest.mark.parametrize("text", [ENGLISH * 20, f"# Notes\n\n{ENGLISH * 20}\n```\nGrüße an alle\n```\n"])
def test_plain_english_needs_no_language_model(text, monkeypatch):
    monkeypatch.setattr(language, "_load_identifier", None)
    assert detect_language(text) == "en"


@pytest.mark.parametrize("text", [ENGLISH, GERMAN * 20, GERMAN * 20 + ENGLISH * 2, "日本語" * 400 + ENGLISH * 20])
def test_texts_not_plainly_english_need_the_language_model(text, monkeypatch):
    asked = []

    class Identifier:
        def classify(self, prose):
            asked.append(prose)
            return "xx", 1.0

    monkeypatch.setattr(language, "_load_identifier", Identifier)
    assert (detect_language(text), len(asked)) == ("xx", 1)
