import pytest

from talks.unseen_characters import drop_forbidden, drop_unseen, find_unseen, has_unseen, misleads, replace_unseen

UNSEEN = (
    "\x00\x07\x1b\x7f\x85\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u2028\u202e\u2066\ufeff\ufdd0\uffff\U0001ffff\ud800"
)
SEEN = ["a\tb\nc", "no\u00a0break", "👩\u200d💻", "می\u200cخواهم", "क्\u200dष", "e\u0301", ""]


@pytest.mark.parametrize("character", UNSEEN)
def test_unseen_characters_are_found_anywhere_in_a_text(character):
    text = f"{character}a\nb{character}c"
    assert list(find_unseen(text)) == [0, 4]
    assert drop_unseen(text) == "a\nbc"
    assert replace_unseen(text, lambda found: f"<{ord(found)}>") == f"<{ord(character)}>a\nb<{ord(character)}>c"
    assert has_unseen(character)


@pytest.mark.parametrize("text", SEEN)
def test_white_space_and_joiners_between_letters_are_not_unseen(text):
    assert not has_unseen(text)
    assert drop_unseen(text) == text


def test_characters_that_no_page_may_hold_are_dropped():
    assert drop_forbidden("a\x00b\x1b\x0c\t\nc\ud800\uffff\x7f\u200bé") == "ab\t\nc\u200bé"


@pytest.mark.parametrize("character", " \t\n\\\x7f\x85\u00a0\u2028")
def test_addresses_with_spaces_controls_or_backslashes_are_misleading(character):
    assert misleads(f"https://moss.example{character}fern.example/")
    assert not misleads("https://moss.example/ü_(a)?b&c#d")
