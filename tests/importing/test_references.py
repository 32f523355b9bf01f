"""The address that pages show of a reference does not depend on the order of imports."""

import random
from itertools import permutations

import pytest

from talks.backup import check_base, rebuild_base
from talks.derived import renew
from talks.importing import Content, import_posts, remove_posts
from talks.models import EditorTouch, Post, Reference, Takeaway, Talk

pytestmark = pytest.mark.django_db

BEST = "https://arxiv.org/abs/1701.00001"
LINKS = [
    "http://arxiv.org/abs/1701.00001",
    BEST,
    "https://arxiv.org/pdf/1701.00001v2",
    "https://arxiv.org/abs/1701.00001?utm_source=a",
]


def write(name, url, *, draft=False):
    lines = [
        *("---", f"title: Testing Days 2019, day {name}", f"draft: {str(draft).lower()}", "---"),
        *(f"## Talk {name} with Ada Brown", f"* Clocks drift, as [the paper]({url}) tells"),
    ]
    return Content(f"{name}.md", "\n".join(lines).encode())


def read():
    assert check_base() == []
    return Reference.objects.values_list("url", "host", "kind").get()


@pytest.mark.slow
@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_references_address_does_not_depend_on_import_order(order):
    for number in order:
        import_posts([write(number, LINKS[number])])
    assert read() == (BEST, "arxiv.org", "paper")


def test_changes_and_removals_of_posts_update_addresses_of_references():
    import_posts([write(number, url) for number, url in enumerate(LINKS)])
    import_posts([write(1, LINKS[0])])
    assert read()[0] == LINKS[2]
    remove_posts(["2.md"])
    assert read()[0] == LINKS[3]
    remove_posts(["3.md"])
    assert read()[0] == LINKS[0]
    import_posts([write(0, LINKS[0])])
    import_posts([write(1, BEST)])
    assert read()[0] == BEST


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        (["[html]({}#moss)", "[The Oaks]({}#oaks)", "[Ferns]({}#ferns)"], ("{}", "example.org/plants")),
        (["[The Oaks]({}#oaks)", "[Plants]({})", "[here]({}#moss)"], ("{}", "Plants")),
        (["[The Oaks]({}#oaks)", "[oaks]({}#oaks)", "[The Oaks]({}#oaks)"], ("{}#oaks", "The Oaks")),
        (["[The Oaks]({}#page=2)", "[Oak Trees]({}#page=3)", "[The Oaks]({})"], ("{}", "The Oaks")),
        (["[here]({}#page=2)", "[here]({}#introduction)", "[here]({}#page=2)"], ("{}", "example.org/plants")),
    ],
)
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0)])
def test_references_to_several_sections_are_not_named_after_one_section(links, expected, order):
    page = "https://example.org/plants"
    for number in order:
        text = f"# Testing Days 2019\n\n## Talk {number} with Ada Brown\n* See {links[number].format(page)}\n"
        import_posts([Content(f"{number}.md", text.encode())])
    assert Reference.objects.values_list("url", "name").get() == tuple(part.format(page) for part in expected)
    assert check_base() == []


def test_editors_kinds_and_titles_of_references_outlast_imports_and_rebuilding():
    import_posts([write(0, LINKS[0])])
    Reference.objects.update(kind="book", title="The paper")
    EditorTouch.record(Reference.objects.all(), "kind")
    renew(Talk.objects.values_list("pk", flat=True))
    import_posts([write(1, BEST)])
    assert Reference.objects.values_list("url", "kind", "title").get() == (BEST, "book", "The paper")
    Reference.objects.update(url=LINKS[0])
    faults = [f"The reference {LINKS[0]} should be shown as {BEST}, “The paper”, a book that 2 talks cite."]
    assert check_base() == faults
    assert rebuild_base()["references shown otherwise"] == 1
    assert rebuild_base()["references shown otherwise"] == 0
    assert read()[0] == BEST


def test_the_guessed_kind_of_a_reference_changes_with_its_address():
    import_posts([write(0, "http://www.amazon.ca/dp/0131177052")])
    assert read()[2] == "site"
    import_posts([write(1, "https://www.amazon.de/dp/0131177052")])
    assert read() == ("https://www.amazon.de/dp/0131177052", "www.amazon.de", "book")


def test_references_take_addresses_from_drafts_only_without_public_citations():
    import_posts([write(0, BEST, draft=True)])
    assert read()[0] == BEST
    import_posts([write(1, LINKS[0])])
    assert read()[0] == LINKS[0]
    import_posts([write(0, BEST)])
    assert read()[0] == BEST
    import_posts([write(0, BEST, draft=True)])
    assert read()[0] == LINKS[0]


@pytest.mark.parametrize(
    ("model", "change"),
    [(Post, {"visibility": "private"}), (Post, {"withdrawn": True}), (Takeaway, {"hidden": True})],
)
def test_references_take_no_address_from_hidden_notes_beside_visible_ones(model, change):
    import_posts([write(0, BEST), write(1, LINKS[0])])
    best = Takeaway.objects.get(text__contains=f"({BEST})")
    chosen = model.objects.filter(pk=best.pk if model is Takeaway else best.post_id)
    before = chosen.values(*change).get()
    chosen.update(**change)
    renew([best.talk_id], [best.post_id])
    assert read()[0] == LINKS[0]
    chosen.update(**before)
    renew([best.talk_id], [best.post_id])
    assert read()[0] == BEST


def test_moving_closing_links_to_a_new_talk_passes_check_base():
    lines = [
        "# Testing Days 2019, day 2",
        "## Clocks with Ada Brown",
        "* Clocks drift",
        "* Clocks stop",
        "",
        "Budget 28.",
    ]
    closing = ["", "Read [the testing](https://example.org/build)."]
    for heading in ([], ["", "## Time with Bob Stone", "* Time flies", "* Time heals"]):
        import_posts([Content("a.md", "\n".join([*lines, *heading, *closing]).encode())])
        assert check_base() == []


def test_a_reference_has_kind_slides_while_talks_link_it_so():
    lines = [
        *("---", "title: Testing Days 2019", "---", "## Clocks with Ada Brown"),
        *("* Clocks drift", "* [Slides](https://ada.example.org/clocks.html)"),
    ]
    content = Content("day.md", "\n".join(lines).encode())
    import_posts([content])
    talk = Talk.objects.get()
    assert talk.slides_url == "https://ada.example.org/clocks.html"
    assert Reference.objects.values_list("kind", "name").get() == ("slides", "Clocks")
    Talk.objects.update(slides_url="")
    renew([talk.pk])
    assert Reference.objects.values_list("kind", "name").get() == ("site", "ada.example.org/clocks.html")
    assert check_base() == []


TEXTS = ["here", "Time of clocks", "Clocks drift", "slides", "her talk", "recording", "Time of clocks"]
PLACES = ["http://youtu.be/abcdefgh", "https://www.youtube.com/watch?v=abcdefgh", "https://youtu.be/abcdefgh?t=9"]


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 2])
def test_references_after_many_imports_equal_references_computed_anew(seed):
    dice = random.Random(seed)

    def make(number):
        lines = [f"---\ntitle: Testing Days 2019, day {number % 3}\ndraft: {str(dice.random() < 0.2).lower()}\n---"]
        for talk in range(3):
            lines.append(f"## Talk {number % 5} and {dice.choice('abc')} {talk} with Ada Brown")
            if not dice.randrange(6):
                lines.append(f"[Slides]({dice.choice(PLACES)})")
            lines += [f"* [{dice.choice(TEXTS)}]({dice.choice([*PLACES, *LINKS])})" for _ in range(2)]
        return Content(f"{number}.md", "\n".join(lines).encode())

    for number in range(0, 16, 2):
        import_posts([make(number), make(number + 1)])
        assert check_base() == []
