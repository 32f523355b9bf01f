import pytest

from talks.parsing.text.pictures import drop_edge_pictures, drop_pictures


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("🎤 Speaker", "Speaker"),
        ("Speaker 🎤", "Speaker"),
        ("🗓️ Date 🗓️ ", "Date"),
        ("1️⃣ Opening 2️⃣", "Opening"),
        ("👩🏽‍💻 Ann Lee 🇩🇪", "Ann Lee"),
        ("★ Walls of moss ☕", "Walls of moss"),
        ("Moss ♥ rain", "Moss ♥ rain"),
        ("📌 발표자", "발표자"),
        ("🎉", ""),
    ],
)
def test_emoji_at_the_ends_are_no_part_of_a_text(text, bare):
    assert drop_edge_pictures(text) == bare


@pytest.mark.parametrize("text", ["10 walls", "→ moss", "≤ 3 walls", "#moss", "* moss", "C# and moss", "«moss»", "①"])
def test_letters_digits_and_operators_are_not_removed_like_emoji(text):
    assert (drop_edge_pictures(text), drop_pictures(text)) == (text, text)


def test_emoji_between_words_become_spaces():
    assert drop_pictures("Ann Lee 🇩🇪, Bob 🎉🎉 Roy 👩🏽‍💻") == "Ann Lee  , Bob  Roy"
