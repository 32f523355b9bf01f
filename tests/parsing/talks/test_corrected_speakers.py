"""Names of speakers in one text are told apart where each is a full name."""

import pytest

from talks.parsing import split_names


@pytest.mark.parametrize("text", ["Ann Lee, Ben Roe", "Ann Lee and Ben Roe", "Ann Lee & Ben Roe"])
def test_a_list_of_full_names_is_split(text):
    assert split_names(text) == ["Ann Lee", "Ben Roe"]


@pytest.mark.parametrize("text", ["Ann Lee", "Ann Lee, Acme", "Lee, Ann", "Ann Lee, Mountain View", "Ann, Ben", ""])
def test_only_lists_of_full_names_are_split(text):
    assert split_names(text) == [text]
