"""Parsing of queries, and writing them as text."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from talks.search.query import (
    HAS_VALUES,
    LONGEST,
    MOST_TERMS,
    All,
    Either,
    Fault,
    Field,
    Phrase,
    Prefix,
    Question,
    Without,
    Word,
    list_leaves,
    read_question,
    replace_part,
)

a, b, c = Word("a"), Word("b"), Word("c")
_CHOICES = f"{', '.join(HAS_VALUES[:-1])} and conference"


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("kafka", Word("kafka")),
        ("  Kafka   STREAMS ", All((Word("Kafka"), Word("STREAMS")))),
        ('"Event  Sourcing" a', All((Phrase("Event Sourcing"), a))),
        ("“event sourcing” „a b“ «c»", All((Phrase("event sourcing"), Phrase("a b"), Phrase("c")))),
        ('"event sourcing', Phrase("event sourcing")),
        ('a"b c"', All((a, Phrase("b c")))),
        ('"" a', a),
        ("a -b", All((a, Without(b)))),
        ('-"a b"', Without(Phrase("a b"))),
        ("-(a b)", Without(All((a, b)))),
        ("-(-a)", a),
        ("a - b", All((a, b))),
        ("--a", a),
        ("a-b", Word("a-b")),
        ("a OR b", Either((a, b))),
        ("a | b", Either((a, b))),
        ("a OR b OR c", Either((a, b, c))),
        ("a b OR c", All((a, Either((b, c))))),
        ("(a b) OR c", Either((All((a, b)), c))),
        ("(a OR b) c", All((Either((a, b)), c))),
        ("a or b", All((a, Word("or"), b))),
        ("OR a OR", a),
        ("a OR OR b", Either((a, b))),
        ("a AND b", All((a, b))),
        ("((a) (b)) c", All((a, b, c))),
        ("(a", a),
        ("a) b", All((a, b))),
        ("kube*", Prefix("kube")),
        ("c*", Word("c")),
        ("*", None),
        ("C++ C# .NET Node.js", All((Word("C++"), Word("C#"), Word(".NET"), Word("Node.js")))),
        ("re:Invent std::vector", All((Word("re:Invent"), Word("std::vector")))),
        ("tag:docker", Field("tag", "docker")),
        ("TAG:Docker", Field("tag", "Docker")),
        ('speaker:"lisa guo"', Field("speaker", "lisa guo")),
        ("-tag:docker", Without(Field("tag", "docker"))),
        ("year:2017", Field("year", "2017")),
        ("year:2015..2018", Field("year", "2015..2018")),
        ("year:2018-2015", Field("year", "2015..2018")),
        ("year:2015..", Field("year", "2015..")),
        ("year:..2018", Field("year", "..2018")),
        ("day:02", Field("day", "2")),
        ("kind:papers has:slide", All((Field("kind", "paper"), Field("has", "slides")))),
        ("no:speaker", Field("no", "speaker")),
        ("2015..2018", Field("year", "2015..2018")),
        ("devoxx 2018–2015", All((Word("devoxx"), Field("year", "2015..2018")))),
        ("1000-2000", Word("1000-2000")),
        ("tag: docker", Field("tag", "docker")),
        ('speaker: "lisa guo", kafka', All((Field("speaker", "lisa guo"), Word("kafka")))),
        ("tag:docker, kafka", All((Field("tag", "docker"), Word("kafka")))),
        ("day: 2", Field("day", "2")),
        ("day: seven", All((Word("day"), Word("seven")))),
        ("tag: -a", Without(a)),
        ("kafka NOT nats", All((Word("kafka"), Without(Word("nats"))))),
        ('kafka AND NOT "a b"', All((Word("kafka"), Without(Phrase("a b"))))),
        ("NOT tag:x", Without(Field("tag", "x"))),
        ("How NOT to measure", All((Word("How"), Word("not"), Word("to"), Word("measure")))),
        ("kafka not nats", All((Word("kafka"), Word("not"), Word("nats")))),
        ("kafka NOT", All((Word("kafka"), Word("not")))),
        ("a || b", Either((a, b))),
        ("a && b", All((a, b))),
        ("a,b;c", All((a, b, c))),
        ("1,000 files", All((Word("1,000"), Word("files")))),
        ("What? This: that… R. Hickey.", All(tuple(map(Word, ("What", "This", "that", "R.", "Hickey"))))),
        ("kube*.", Prefix("kube")),
        ("日本語 入門", All((Word("日本語"), Word("入門")))),
        ("（a OR b）　c", All((Either((a, b)), c))),
        ("", None),
        (" \n", None),
    ],
)  # fmt: skip
def test_queries_are_parsed_into_parts(text, root):
    question = read_question(text)
    assert question.root == root
    assert read_question(question.canonical).root == root


@pytest.mark.parametrize(
    ("text", "root", "fault"),
    [
        ("a year:x", a, Fault(3, "year:x", "Write a year, or the first and the last: year:2017 or year:2015..2018.")),
        ("day:first a", a, Fault(1, "day:first", "Write the number of a day: day:2.")),
        ("kind:poem", None, Fault(1, "kind:poem", "The kinds are paper, book, video, slides, code and site.")),
        ("has:", None, Fault(1, "has:", f"After has: stands one of {_CHOICES}.")),
        ("tag: (docker)", Word("docker"), Fault(1, "tag:", "Say which tag after tag: as in tag:docker.")),
        (
            "lang:klingon",
            None,
            Fault(1, "lang:klingon", "There is no such language: klingon. Write its name or its code: lang:de."),
        ),
        ("tag:", None, Fault(1, "tag:", "Say which tag after tag: as in tag:docker.")),
        ("no: the art", All((Word("the"), Word("art"))), Fault(1, "no:", f"After no: stands one of {_CHOICES}.")),
        ("?!", None, Fault(1, "?!", "Search for words: there is no letter or digit in this question.")),
    ],
)  # fmt: skip
def test_a_mistake_in_a_query_is_reported_with_its_place(text, root, fault):
    assert read_question(text) == Question(text, root, (fault,))


def test_an_overlong_query_is_cut():
    assert read_question("x" * 1_000) == Question("x" * LONGEST, Word("x" * LONGEST))
    many = read_question(" ".join(f"w{n}" for n in range(100)))
    assert many.root == All(tuple(Word(f"w{n}") for n in range(MOST_TERMS)))
    assert [fault.message for fault in many.faults] == ["Only the first 16 words are searched for."]


def test_characters_that_databases_refuse_become_spaces_in_queries():
    assert read_question("a\x00b \ud800c\x1b") == Question("a b c", All((a, b, c)))


def test_unseen_characters_of_a_pasted_query_are_dropped():
    assert read_question("\ufeffKaf\u00adka\u200b") == read_question("Kafka")
    assert read_question("tag:\u200bkafka") == read_question("tag:kafka")


@pytest.mark.parametrize(
    ("value", "years"),
    [("2017", (2017, 2017)), ("2015..2018", (2015, 2018)), ("2015..", (2015, 9999)), ("..2018", (0, 2018))],
)
def test_year_conditions_are_read_as_first_and_last_years(value, years):
    assert Field("year", value).read_years() == years


def test_listing_words_of_a_query_omits_excluded_ones():
    assert list(list_leaves(read_question('a (b OR "c d") -x').root)) == [a, b, Phrase("c d")]
    assert list(list_leaves(None)) == []


def test_a_part_of_a_query_can_be_replaced_or_removed():
    root = read_question("a (b OR c) -a").root
    middle = root.parts[1].parts[0]
    assert str(replace_part(root, middle, Word("d"))) == "a d OR c -a"
    assert str(replace_part(root, middle, None)) == "a c -a"
    assert str(replace_part(root, root.parts[2].part, None)) == "a b OR c"
    assert replace_part(middle, middle, None) is None


_PIECES = [
    "a",
    "kafka",
    "OR",
    "AND",
    "|",
    "-",
    "--",
    "(",
    ")",
    '"',
    "*",
    "kube*",
    " ",
    "tag:",
    "day:",
    "year:2015..2018",
    "é",
]
_PIECES += ["NOT", "||", ",", ".", "the", "'", "2015-2018", "1", "speaker:"]


@given(st.text() | st.lists(st.sampled_from(_PIECES), max_size=60).map("".join))
@example("(" * 200)
@example("-(" * 100)
@example(" OR ".join("(a b)" for _ in range(20)))
@example("0'*")
@example("--tag:x --OR --year:1")
def test_any_text_parses_like_its_canonical_text(text):
    question = read_question(text)
    again = read_question(question.canonical)
    assert again.root == question.root
    assert again.faults == ()
    assert again.canonical == question.canonical
    assert len(question.canonical) <= LONGEST
    assert len(list(list_leaves(question.root))) <= MOST_TERMS
    assert bool(question.text) == bool(question.root or question.faults)
