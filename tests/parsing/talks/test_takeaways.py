import pytest

from talks.parsing import parse_post
from talks.parsing.records import Kind
from talks.parsing.talks.takeaways import is_address, is_dated, opens_with_date, says_anything
from talks.parsing.text.lists import read_items


def list_units(text: str) -> list[tuple[str, str]]:
    """Return kind and text of each takeaway of the post's first talk."""
    post = parse_post(
        f"# MossConf 2019\n\n## Roses by Ann Lee\n\n{text}\n\n## Moss by Bob Roe\n\n* Green\n", name="a.md"
    )
    assert [talk.title for talk in post.talks] == ["Roses", "Moss"]
    return [(unit.kind.value, unit.text) for unit in post.talks[0].takeaways]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("* moss.dev/roses", False),
        ("* <https://moss.dev/roses>", False),
        ("* `moss.dev/roses`, www.moss.io", False),
        ("* ann@moss.dev", False),
        ("* Moss.com", True),
        ("* socket.io", True),
        ("* moss.toml", True),
        ("* @moss", True),
        ("* Thesis PDF: [download](https://moss.dev/a)", False),
        ("* **Contact**: [website](https://moss.dev), [Twitter](https://x.example/moss)", False),
        ("* Roses in England : [website](https://moss.dev)", True),
        ("* Roses: [moss needs shade](https://moss.dev)", True),
        ("* 录音:[moss-1.mp3](https://moss.dev/1.mp3)", False),
        ("* Slides\n  * https://moss.dev/a\n  * [Ann's](https://moss.dev/b)", False),
        ("* Slides\n  * https://moss.dev/a has all of them", True),
        ("* Roses\n  * https://moss.dev/a", True),
    ],
)
def test_items_of_links_and_their_labels_say_nothing(item, expected):
    assert says_anything(read_items(item.split("\n"), 1)[0], {}) is expected


def test_handles_alone_are_an_address_only_where_notes_begin():
    assert is_address("@annlee #mossconf annlee.dev/a", opening=True)
    assert not is_address("@annlee #mossconf annlee.dev/a")
    assert not is_address("@annlee likes #moss", opening=True)


@pytest.mark.parametrize(
    ("line", "dated", "opens"),
    [
        ("4 May 2019", True, True),
        ("9:00 - 9:45", True, True),
        ("4 novembre 2025 - 09:00-09:45CET - Baobab 1", False, True),
        ("Thursday Nov 29th @ Moss Hall", False, True),
        ("Oct 22 2009 was the first time that anybody sold moss in London at all.", False, False),
        ("Roses since 4 May 2019", False, False),
    ],
)
def test_lines_that_are_or_begin_with_a_time_are_recognised(line, dated, opens):
    """A line of only a time is no takeaway, nor is one above all notes that begins so."""
    assert (is_dated(line), opens_with_date(line)) == (dated, opens)


def test_dates_handles_and_addresses_above_all_notes_are_no_notes():
    assert list_units("4 May 2019 - 9:00 - Moss Hall\n\n@annlee\n\n* @annlee\n* Prune\n* @Pruned is a mark") == [
        ("point", "Prune"), ("point", "@Pruned is a mark"),
    ]  # fmt: skip
    assert list_units("* Prune\n* @Pruned\n\n4 May 2019 - 9:00 - Moss Hall") == [
        ("point", "Prune"), ("point", "@Pruned"), ("paragraph", "4 May 2019 - 9:00 - Moss Hall"),
    ]  # fmt: skip


def test_an_item_of_only_an_image_is_an_image_takeaway():
    assert list_units("* Prune\n* ![a rose](rose.png)\n* ![a rose](rose.png) in May") == [
        ("point", "Prune"), (Kind.IMAGE.value, "![a rose](rose.png)"), ("point", "![a rose](rose.png) in May"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "noted"),
    [
        ("Benefits of Planting Moss (BPM)", False),
        ("4 Elements of Shade", False),
        ("We have planted much moss", True),
        ("Moss grows on English roofs", True),
        ("Ann Lee, Acme, showed roses", True),
        ("**Moss needs shade, and roses need sun**", False),
        ("**Moss needs shade. Roses need sun**", True),
        ("**苔は日陰が好き。薔薇は太陽が好き。**", True),
    ],
)
def test_bold_or_capitalised_lines_above_a_list_are_no_takeaways(line, noted):
    told = [("paragraph", line)] if noted else []
    assert list_units(f"* Wait\n\n{line}\n\n* Prune") == [("point", "Wait"), *told, ("point", "Prune")]


def test_lines_that_repeat_title_speaker_or_event_are_no_notes():
    """They stand above all notes."""
    text = "Roses\nAnn Lee\n\nMossConf 2019\n\n* Roses\n* Prune\n* Roses\n\nAnn Lee"
    assert list_units(text) == [("point", "Prune"), ("point", "Roses"), ("paragraph", "Ann Lee")]
    assert list_units("Roses are red in May.\n\n* Prune") == [
        ("paragraph", "Roses are red in May."),
        ("point", "Prune"),
    ]


def test_asp_net_is_no_address_and_stays_a_takeaway():
    post = parse_post("# FooConf 2019\n\n## Moss by Ann Lee\n\n* asp.net\n* moss.org\n", name="post.md")
    assert [unit.text for unit in post.talks[0].takeaways] == ["asp.net"]


@pytest.mark.parametrize(
    "words",
    [
        "> Roses wait for nobody.\n\n--Ann Lee",
        "> Roses wait for nobody.\n\n— Ann Lee, *Roses*",
        "“Roses wait for nobody.”\n\n~ Ann Lee",
        "> Roses wait for nobody.\n\n-Ann Lee",
    ],
)
def test_lines_that_name_a_quotations_author_belong_to_it(words):
    quote, name = words.removeprefix("> ").split("\n\n")
    assert [text for _, text in list_units(f"{words}\n\nThey need sun.")] == [f"{quote}\n\n{name}", "They need sun."]


@pytest.mark.parametrize(
    "words",
    [
        "Roses wait for nobody.\n\nThey need sun.\n\nThey need rain.\n\n— Rain is rare",  # no quotation
        "> Roses wait for nobody.\n\nThey need sun.",
        "> Roses wait for nobody.\n\n— and they do so with patience, with grace and with thorns for all who hurry.",
    ],
)
def test_other_lines_below_a_quotation_are_notes_of_their_own(words):
    assert [text for _, text in list_units(words)] == words.removeprefix("> ").split("\n\n")


@pytest.mark.parametrize(
    "detail",
    [
        "(by Moss)",
        "Ann Lee\n[@annlee](https://x.example/annlee)\nMoss Core Team",
        "2019-05-04 10:00\nAnn Lee\nHead Gardener at Initech",
        "Speaker: Ann Lee\nTwiter: [@annlee](https://x.example/annlee)\nSlides:",
        "Tags: Shade, Soil\nRecommended for: beginners",
        "Level: beginners",
        "Tags: shade, wet soil, early May",
        "When: Saturday 4 May 2019",
        "Stream: https://moss.dev/live",
        "E-mail: ann@moss.dev",
        "_Format: workshop, 90 minutes_",
        "Workshop 2h30",
        "Initech Moss Lab",
        "Notes by Cy Dorn (@cydorn)",
        "Lead gardener and author at Initech",
        "Moss maintainer",
        "* Maintainer of Moss\n* @annlee",
        "> #### Abstract\n>\n> Roses need sun, and this talk tells why.",
        "> #### Bio: Ann Lee\n> Senior Gardener",
        "![Ann](ann.jpg)\n\nSpeaker: Ann Lee",
    ],
)
def test_lines_above_notes_that_only_tell_details_are_no_takeaways(detail):
    assert [text for kind, text in list_units(f"{detail}\n\nThey need sun.") if kind != "image"] == ["They need sun."]


@pytest.mark.parametrize(
    "note",
    [
        "Roses: red and white",
        "Ann Lee loves roses",
        "Ann Lee told of her garden and of its wall",
        "Moss is built on https://moss.dev",
        "What he told about shade and soil: https://moss.dev/shade",
        "By noon all roses wilt.",
        "By noon all roses wilt",
        "A workshop takes 90 minutes",
        "On 4 May 2019 it rained",
        "Labs are fun",
        "Zero trust, and more software",
        "Engineers at Initech test first.",
        "Write tests for each engineer",
        "Hire an engineer",
        "A developer at Google grew moss over a weekend",
        "Lead gardener at Initech tells how the wall was built",
    ],
)
def test_notes_that_look_like_details_are_takeaways(note):
    assert [text for _, text in list_units(f"{note}\n\nThey need sun.")] == [note, "They need sun."]


@pytest.mark.parametrize("note", ["Language: write as you speak", "Time: walls take 20 minutes"])
def test_items_with_a_sentence_behind_a_details_label_are_takeaways(note):
    assert list_units(f"* {note}\n* They need sun.") == [("point", note), ("point", "They need sun.")]


def test_a_paragraph_opening_with_the_word_abstract_is_a_takeaway():
    assert list_units("概要\nバラは日陰に強い。") == [("paragraph", "概要バラは日陰に強い。")]


def test_an_attribution_below_links_is_not_added_to_notes_above():
    text = "They need sun.\n\n> [Slides](https://moss.dev/a.pdf)\n\n— Tom Hill"
    assert list_units(text) == [("paragraph", "They need sun.")]


def test_a_company_line_below_notes_is_a_takeaway():
    assert [text for _, text in list_units("They need sun.\n\nInitech Moss Lab")] == [
        "They need sun.",
        "Initech Moss Lab",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Read more about roses on [her blog](https://moss.dev/a), or watch [the talk](https://moss.dev/b).",
        "You can read more on that in his post [Roses](https://moss.dev/a).",
        "Pour en savoir plus sur les roses : https://moss.dev/a",
        "Si quieres saber más, lee este [post](https://moss.dev/a)",
    ],
)
def test_a_text_that_only_links_to_more_is_no_takeaway(text):
    assert [told for _, told in list_units(f"They need sun.\n\n{text}")] == ["They need sun."]


@pytest.mark.parametrize(
    "text",
    [
        "Read more about roses, she said.",
        "We learned that all who want to know more about roses should ask [Ann](https://moss.dev/a).",
        f"More details: [her book](https://moss.dev/a){' has a whole chapter on water' * 4}",
    ],
)
def test_texts_that_also_tell_where_to_read_more_are_takeaways(text):
    assert [told for _, told in list_units(f"They need sun.\n\n{text}")] == ["They need sun.", text]


def test_a_question_right_above_a_list_is_its_heading():
    post = parse_post(
        "# MossConf 2019\n\n## Roses by Ann Lee\n\nWhat helps?\n- sun\n\nDo they sing?\n\n- no\n", name="a.md"
    )
    units = [(unit.text, unit.headings) for unit in post.talks[0].takeaways]
    assert units == [("sun", "What helps?"), ("Do they sing?", ""), ("no", "")]


def test_details_nested_in_items_that_are_talks_are_no_takeaways():
    items = "* Roses by Ann Lee\n  * Engineer at Initech\n  * [Slides](https://moss.dev/a)\n  * They need sun\n"
    post = parse_post(f"# MossConf 2019\n\n{items}* Moss by Bob Roe\n  * Green\n", name="a.md")
    assert [[unit.text for unit in talk.takeaways] for talk in post.talks] == [["They need sun"], ["Green"]]
