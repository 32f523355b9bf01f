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
        ("She gave a talk on why moss is greener than grass", "why moss is greener than grass"),
        ("The session on How Roses Are Made was great", "How Roses Are Made"),
        ("The talk on how to grow moss was good", "how to grow moss"),
        ("The talk by Ann Lee was good", ""),
        ("Ein Vortrag über von Ann Lee", ""),
        ("We talked on and on", ""),
    ],
)
def test_a_topic_ends_before_a_verdict_like_was_full(sentence, topic):
    assert find_topic(sentence) == topic


def test_no_topic_is_found_if_talk_on_comes_too_late():
    assert find_topic("We met, ate, walked, and went to a talk on moss", most=10) == ""


def test_only_texts_ending_like_a_talk_titled_announce_a_title():
    assert leads_to_topic("Ann Lee held a talk titled ")
    assert not leads_to_topic("Ann Lee held a talk, ")
