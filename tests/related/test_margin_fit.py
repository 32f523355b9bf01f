from types import SimpleNamespace

import pytest

from talks.related.margin_fit import fit_margin, is_telling, name_once
from tests.related.near_talks import make_talk, read_beside, read_near

SAID = "Never restart a broker before its replicas have caught up with it"
KAFKA, DOCKER = SimpleNamespace(pk=1), SimpleNamespace(pk=2)


def make_row(pk, tags=(), text="One line", **fields):
    return SimpleNamespace(pk=pk, mentioned=list(tags), text=text, **{"headings": "", "parent_id": None} | fields)


def make_other(text=SAID):
    return SimpleNamespace(text=text, talk=SimpleNamespace(given_by=["Ann Lee"], event="Devoxx 2018"))


def read_quoted(rows, beside):
    return fit_margin(rows, name_once(rows), beside)


def test_tags_are_named_beside_the_first_takeaway_that_mentions_them():
    rows = [make_row(1), make_row(2, [KAFKA]), make_row(3, [KAFKA]), make_row(4, [DOCKER, KAFKA])]
    assert name_once(rows) == {2: [KAFKA], 4: [DOCKER]}


def test_margins_quote_takeaways_only_where_room_suffices():
    rows = [make_row(1, [KAFKA]), *map(make_row, range(2, 5)), make_row(5, [DOCKER])]
    assert read_quoted(rows, {1: [make_other()]}) == {1}
    assert read_quoted(rows[:2] + rows[4:], {1: [make_other()]}) == set()
    tall = make_row(1, [KAFKA], "Words that fill a line and then another " * 8)
    assert read_quoted([tall, rows[4]], {1: [make_other()]}) == {1}
    assert read_quoted([rows[0]], {1: [make_other("一" * 52)]}) == set()
    assert read_quoted([make_row(1, [KAFKA]), make_row(5, [DOCKER], headings="One\nTwo")], {1: [make_other()]}) == set()


def test_related_takeaways_need_margins_with_room_for_a_second_line():
    rows = [make_row(1, [KAFKA], parent_id=9), make_row(2, [DOCKER], parent_id=9), make_row(3, parent_id=9)]
    beside = {1: [make_other()], 2: [make_other()]}
    read_quoted(rows, beside)
    assert list(beside) == [2]


def test_quotes_go_first_beside_one_takeaway_in_five_at_most():
    rows = [make_row(pk, [SimpleNamespace(pk=pk)] * (pk % 5 == 0)) for pk in range(15)]
    short, said, plain = make_other("Short"), make_other(), make_other(SAID.replace("Never restart", "Restarting"))
    beside = {0: [plain], 5: [plain], 10: [short, said]}
    assert read_quoted(rows, beside) == {0, 5, 10}
    assert beside[10] == [said, short]
    assert fit_margin(rows[:10], name_once(rows[:10]), {0: [plain], 5: [plain]}) == {0, 5}
    assert read_quoted([make_row(0, [KAFKA]), *rows[1:5], make_row(5, [DOCKER]), *rows[6:9]], beside) == {0}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (SAID, True),
        ("Never restart a broker", False),
        ("Lachlan Gray - Principal Program Manager, Container Platforms", False),
        (f"but {SAID}", False),
        (f"{SAID}:", False),
        (f"{SAID} https://example.org/", False),
        ("容器不是轻量级的虚拟机，它们与主机共享同一个内核，因此隔离的程度从来都不一样", False),
        ("容器不是虚拟机，它们与主机共享同一个内核，因此隔离的程度从 2015 年起都不一样", True),
    ],
)
def test_margins_quote_only_texts_that_say_something_alone(text, told):
    assert is_telling(text) is told


@pytest.mark.django_db
def test_related_takeaways_stand_where_their_tag_is_first_mentioned():
    talk = make_talk(
        "This", notes=[("Kafka here", ["Kafka"]), ("Kafka again", ["Kafka"]), ("Both", ["Docker", "Kafka"])]
    )
    make_talk("Other", year=2016, notes=[(SAID, ["Kafka"]), ("Docker elsewhere", ["Docker"])])
    assert read_beside(talk) == {"Kafka here": [SAID], "Both": ["Docker elsewhere"]}
    near = read_near(talk)
    assert [[tag.name for tag in tags] for tags in near.named.values()] == [["Kafka"], ["Docker"]]
