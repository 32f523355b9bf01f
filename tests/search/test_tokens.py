"""Splitting texts into words."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from talks.search.tokens import (
    count_introduction,
    cut_words,
    fold_word,
    guess_language,
    list_words,
    number_words,
    respell_umlauts,
    says_nothing,
    says_nothing_anywhere,
    stem,
)


def show(text):
    return " ".join(f"{token.number}:{token.word}" for token in cut_words(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Why We Chose Erlang!", "0:why 1:we 2:chose 3:erlang"),
        ("C, C++ & C# (.NET), not the net", "0:c 1:c++ 2:c# 3:.net 4:not 5:the 6:net"),
        ("CI/CD at AWS re:Invent", "0:ci 1:cd 0:cicd 2:at 3:aws 4:re 5:invent 4:reinvent"),
        ("Node.js 1.10", "0:node 1:js 0:nodejs 2:1 3:10"),
        ("a-b-c-d etc...and", "0:a 1:b 2:c 3:d 4:etc 5:and"),
        ("Café ÉCOLE Straße Ørsted ﬁne", "0:cafe 1:ecole 2:strasse 3:orsted 4:fine"),
        ("プログラミング", "0:プロ 1:ログ 2:グラ 3:ラミ 4:ミン 5:ング 6:グ"),
        ("ガス ｶﾞｽ カス", "0:ガス 1:ス 2:ガス 3:ス 4:カス 5:ス"),
        ("GoとRust", "0:go 1:と 2:rust"),
        ("Который ёлка", "0:который 1:елка"),
        ("हिन्दी", "0:हिनदी"),
        ("", ""),
        ("?! — …", ""),
    ],
)
def test_texts_are_split_into_folded_words(text, words):
    assert show(text) == words


def test_list_words_omits_joined_words_like_cicd():
    assert list_words("CI/CD pipelines") == ["ci", "cd", "pipelines"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "deploys deployment deploying"),
        ("en", "migrate Migrating migrations"),
        ("en", "scaling scale scaled"),
        ("de", "Fehler Fehlern"),
        ("fr", "revue revues"),
        ("es", "distribuida distribuidas"),
        ("", "test tests"),
    ],
)
def test_inflections_have_one_stem(language, words):
    assert len({stem(fold_word(word), language) for word in words.split()}) == 1


@pytest.mark.parametrize("word", ["c++", ".net", "k8s", "js", "プロ", "x"])
def test_words_with_signs_or_digits_and_short_words_stay_unstemmed(word):
    assert stem(word, "en") == word


def test_words_of_languages_without_a_stemmer_are_their_own_stems():
    assert stem("kubernetes", "ja") == "kubernetes"


@pytest.mark.parametrize(
    ("language", "silent"),
    [
        ("en", ["how", "does", "the", "s"]),
        ("ru", ["how", "does", "the", "s", "что"]),
        ("fr", ["how", "does", "the", "s", "eu"]),
    ],
)
def test_stop_words_are_recognised(language, silent):
    words = ["how", "does", "the", "c", "r", "s", "go", "что", "eu", "kafka"]
    assert [word for word in words if says_nothing(word, language)] == silent


def test_stop_words_of_any_language_are_recognised():
    assert [word for word in ["the", "что", "eu", "und", "kafka"] if says_nothing_anywhere(word)] == [
        "the",
        "что",
        "eu",
        "und",
    ]


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("jsconf eu 2013", "en"),
        ("how does it scale", "en"),
        ("comment réduire la facture", "fr"),
        ("was ist das", "de"),
        ("revue de code", "en"),
        ("", "en"),
    ],
)
def test_the_language_of_a_query_is_guessed_from_stop_words(question, language):
    assert guess_language(list_words(question)) == language


@pytest.mark.parametrize(("word", "read"), [("kueblboeck", "kublbock"), ("oezcan", "ozcan"), ("queue", "queue")])
def test_umlauts_typed_as_two_letters_are_respelled(word, read):
    assert respell_umlauts(word) == read


@given(st.text(max_size=200))
def test_words_have_spans_within_the_text_and_positions_without_gaps(text):
    tokens = list(cut_words(text))
    assert all(0 <= token.start < token.end <= len(text) and token.word for token in tokens)
    numbers = sorted({token.number for token in tokens})
    assert numbers == list(range(len(numbers)))


@given(st.text(max_size=60))
def test_folding_a_folded_word_changes_nothing(text):
    assert all(fold_word(token.word) == token.word for token in cut_words(text))


_SIGNS = "-./:'&_+#(),; \t"


_BEYOND_ASCII = "éßØÆœŁłıİǅŉ½²™№©…—’‐‑\u00a0\u2003\u0301ﬁ😀×÷カ語"


@given(
    st.text(alphabet="aZ09" + _SIGNS, max_size=60)
    | st.text(alphabet="aZ09" + _SIGNS + _BEYOND_ASCII, max_size=60)
    | st.text(max_size=60)
)
@example("a/.net b-.net a..b c++-d c#/x e.g. (.net) a-b-c a-b-c-d .5 x/.5")
@example("Café–Müller’s “Œuvre”: naïve/éclair\u2003.NET™ m² ½ ÷.net é.net x😀.net")
def test_number_words_and_cut_words_find_equal_words_and_positions(text):
    assert sorted(number_words(text)) == sorted((token.word, token.number) for token in cut_words(text))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("videos about kafka", 2),
        ("all my notes on kafka", 4),
        ("what did i note about kafka", 5),
        ("who talked about kafka", 3),
        ("what is on the slides of kafka", 6),
        ("did anyone mention kafka", 3),
        ("vortrage uber kafka", 2),
        ("kafka", 0),
        ("notes", 0),
        ("kafka talks about logs", 0),
        ("how to talk about failure", 0),
        ("why talk about failure", 0),
        ("learn on the job", 0),
        ("say no to meetings", 0),
        ("mention kafka", 0),
        ("what did ann lee say about kafka", 0),
        ("", 0),
    ],
)
def test_leading_words_that_only_ask_for_notes_are_counted(text, count):
    assert count_introduction(text.split()) == count
