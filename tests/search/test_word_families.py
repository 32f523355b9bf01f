"""English words that are related, and words that are not."""

import pytest

from talks.search.tokens import stem
from talks.search.word_families import are_strangers, list_stems


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("failures", "failing"),
        ("wrote", "writing"),
        ("scalability", "scaled"),
        ("optimisations", "optimize"),
        ("behaviours", "behavior"),
        ("analysed", "analytics"),
        ("licence", "licenses"),
        ("center", "centre"),
        ("catalogue", "catalog"),
        ("organised", "organize"),
        ("colours", "color"),
        ("neighbours", "neighbor"),
        ("unfavourable", "unfavorable"),
        ("analysing", "analyze"),
        ("virtualisation", "virtualize"),
        ("serialisable", "serializable"),
        ("modelling", "modeling"),
        ("programmes", "program"),
        ("centred", "center"),
        ("kilometre", "kilometers"),
        ("catalogued", "catalogs"),
        ("artefacts", "artifact"),
        ("practised", "practice"),
        ("saying", "said"),
        ("migrate", "migration"),
        ("gamified", "gamification"),
        ("impostors", "imposter"),
        ("specifies", "specifications"),
        ("forgotten", "forgetting"),
        ("asynchronously", "async"),
        ("deploys", "deployment"),
        ("parsers", "parsing"),
        ("linter", "lints"),
    ],
)
def test_related_english_words_share_a_stem(word, other):
    assert stem(other, "en") in list_stems(word)
    assert stem(word, "en") in list_stems(other)


@pytest.mark.parametrize(
    "word", ["size", "cell", "rolled", "prices", "tutor", "kafka", "hour", "sense", "meter", "order", "tailor", "日本"]
)
def test_words_do_not_get_the_stems_of_unrelated_words(word):
    assert stem(word, "en") in list_stems(word)
    assert not list_stems(word) & {"siz", "cel", "role", "priz", "tutour", "hor", "senc", "日"}


@pytest.mark.parametrize(
    ("word", "other", "strangers"),
    [
        ("productivity", "production", True),
        ("customers", "custom", True),
        ("authorities", "authorization", True),
        ("authentic", "authentication", True),
        ("optimistic", "optimization", True),
        ("containers", "contains", True),
        ("accessibility", "accessing", True),
        ("aws", "awful", True),
        ("organize", "organizations", True),
        ("organize", "organization", False),
        ("organising", "organizers", False),
        ("customers", "customer", False),
        ("productive", "productivity", False),
        ("deploy", "deployment", False),
        ("kafka", "custom", False),
    ],
)
def test_are_strangers_tells_unrelated_words_with_one_stem_apart(word, other, strangers):
    assert are_strangers(word, other) == are_strangers(other, word) == strangers
