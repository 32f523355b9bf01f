"""What sentences say that talks were about."""

import pytest

from talks.parsing.talks.told_topics import find_topic, leads_to_topic


@pytest.mark.parametrize(
    ("sentence", "topic"),
    [
        ("A talk on moss in winter, which was long", "moss in winter"),
        ("Her session about walls was full", "walls"),
        ("Der Vortrag über Moos im Winter war gut", "Moos im Winter"),
        ("Ein Vortrag zum Thema Moos", "Moos"),
        ("La charla sobre musgo fue corta", "musgo"),
        ("The talk by Ann Lee was good", ""),
        ("Ein Vortrag über von Ann Lee", ""),
        ("We talked on and on", ""),
    ],
)
def test_the_topic_ends_before_a_verdict_on_the_talk(sentence, topic):
    assert find_topic(sentence) == topic


def test_a_topic_later_than_asked_for_is_none():
    assert find_topic("We met, ate, walked, and went to a talk on moss", most=10) == ""


def test_a_title_may_follow_right_after_words_for_its_talk():
    assert leads_to_topic("Ann Lee held a talk titled ")
    assert not leads_to_topic("Ann Lee held a talk, ")
