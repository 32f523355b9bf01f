from datetime import date

import pytest

from talks.parsing import parse_post


def parse(front: str, name: str = "notes.md"):
    return parse_post(f"---\n{front}\n---\nText.\n", name=name)


def codes(post):
    return [d.code for d in post.diagnostics if d.severity.value != "note"]


def test_tags_are_read_from_zolas_table_of_taxonomies():
    tags = "[taxonomies]\ntags = ['Roses', 'Oaks']\ncategories = ['x']\n"
    assert parse_post(f"+++\ntitle = 'x'\n{tags}+++\nbody", name="x.md").tags == ("Roses", "Oaks")


def test_the_keys_of_posts_exported_from_wordpress_are_read():
    post = parse("ID: 7\npost_title: Moss\npost_date: 2019-04-21 10:00:00")
    assert (post.title, post.published_on) == ("Moss", date(2019, 4, 21))


@pytest.mark.parametrize(
    ("front", "title", "remarks"),
    [
        ("title: Plain", "Plain", []),
        ("title: ' spaced \u00a0 out '", "spaced out", []),
        ("title: Moss &#8211; soft &amp; green &#x202e;& AT&T; x", "Moss – soft & green & AT&T; x", []),
        ("title: 2017", "2017", []),
        ("title: 2017-03-23", "2017-03-23", []),
        ("title: '2017'", "2017", []),
        ("title:", "notes", ["title-empty"]),
        ("title: null", "notes", ["title-empty"]),
        ("title: [a]", "notes", ["title-type"]),
        ("title: {a: b}", "notes", ["title-type"]),
        (f"title: {'x' * 400}", "x" * 300, ["title-too-long"]),
        ("is_superuser: true\nid: 7\nfeatured_image: x.png", "notes", []),
    ],
)
def test_titles_are_read_from_front_matter(front, title, remarks):
    post = parse(front)
    assert (post.title, codes(post)) == (title, remarks)


@pytest.mark.parametrize(
    ("front", "severities"), [("tags: [2017, x]", ["note"]), ("title: 2017", ["note"]), ("tags: {a: b}", ["warning"])]
)
def test_unquoted_numbers_in_titles_and_tags_give_a_note(front, severities):
    assert [
        said.severity.name.lower() for said in parse(front).diagnostics if said.code.endswith("-type")
    ] == severities


def test_unknown_keys_of_front_matter_are_kept():
    assert parse("title: x\nis_superuser: true\nid: 7").front_matter == {
        "title": "x",
        "is_superuser": "true",
        "id": "7",
    }


@pytest.mark.parametrize(
    ("front", "tags", "remarks"),
    [
        ("tags: [a, B c, a]", ("a", "B c"), []),
        ("tags: a, b", ("a", "b"), []),
        ("tag: solo", ("solo",), []),
        ("keywords: x, y", ("x", "y"), []),
        ("categories: [no]", (), []),
        ("tags: null", (), []),
        ("tags: 5", ("5",), []),
        ("tags: [2017, x]", ("2017", "x"), []),
        ("tags: ['[[topics/Moss]]', '[[Peat|bog]]']", ("Moss", "bog"), []),
        ("tags: [[topics/Moss]]", ("Moss",), []),
        ("tags:\n- [[topics/Moss]]\n- a", ("Moss", "a"), []),
        ("tags: {a: b}", (), ["tag-type"]),
        ("tags: [a, [b, c]]", ("a",), ["tag-type"]),
        (f"tags: [{'x' * 300}]", ("x" * 100,), ["tag-too-long"]),
    ],
)
def test_tags_are_read_from_front_matter(front, tags, remarks):
    post = parse(front)
    assert (post.tags, codes(post)) == (tags, remarks)


def test_too_many_tags_are_cut_with_a_warning():
    post = parse("tags: [" + ", ".join(f"t{n}" for n in range(5000)) + "]")
    assert (len(post.tags), codes(post)) == (200, ["tag-too-many"])


@pytest.mark.parametrize(
    ("front", "found", "remarks"),
    [
        ("date: 2017-03-23T00:00:00Z", date(2017, 3, 23), []),
        ("date: 2017-03-23 23:59:00 -0800", date(2017, 3, 23), []),
        ("pubDate: 2017/03/23 10:00", date(2017, 3, 23), []),
        ("date: March 23, 2017", date(2017, 3, 23), []),
        ("date: 23 March 2017", date(2017, 3, 23), []),
        ("date: 23. März 2017", date(2017, 3, 23), []),
        ("date: 06.05.2019", date(2019, 5, 6), []),
        ("date: 23/03/2017", date(2017, 3, 23), []),
        ("date: 03/23/2017", date(2017, 3, 23), []),
        ("date: 05/05/2017", date(2017, 5, 5), []),
        ("date: 06/05/2017", None, ["date-unknown"]),
        ("date: March 2017", None, ["date-unknown"]),
        ("date: 9999999999", None, ["date-unknown"]),
        ("date: yesterday", None, ["date-unknown"]),
        ("date: [2017]", None, ["date-unknown"]),
        ("date:", None, []),
        ("published: 2017-03-23", date(2017, 3, 23), []),
    ],
)
def test_dates_are_read_from_front_matter(front, found, remarks):
    post = parse(front)
    assert (post.published_on, codes(post)) == (found, remarks)


@pytest.mark.parametrize("stamp", ["1661898027", "1661898027678", "'1661898027678'"])
def test_a_time_stamp_gives_the_date_unless_file_name_does(stamp):
    post = parse(f"created: {stamp}")
    assert (post.published_on, codes(post)) == (date(2022, 8, 30), [])
    assert parse(f"created: {stamp}", name="2022-08-29-moss.md").published_on == date(2022, 8, 29)


@pytest.mark.parametrize("number", ["7", "20", "661898027", "16618980276", "2661898027"])
def test_a_number_that_is_no_time_stamp_gives_no_date(number):
    post = parse(f"created: {number}")
    assert (post.published_on, codes(post)) == (None, ["date-unknown"])


def test_a_posts_date_is_read_from_its_file_name():
    assert parse("title: x", "_posts/2017-03-23-day-2.md").published_on == date(2017, 3, 23)


@pytest.mark.parametrize(
    ("front", "visibility", "remarks"),
    [
        ("title: x", "public", []),
        ("draft: false", "public", []),
        ("draft: no", "public", []),
        ("draft:", "public", []),
        ("draft: true", "draft", []),
        ("private: true", "draft", []),
        ("private: false", "public", []),
        ("publish: false", "draft", []),
        ("public: false", "draft", []),
        ("public: true", "public", []),
        ("draft: Yes", "draft", []),
        ("draft: perhaps", "draft", ["draft-unclear"]),
        ("draft: [x]", "draft", ["draft-unclear"]),
        ("published: true", "public", []),
        ("published: false", "draft", []),
        ("published: 2017-03-23", "public", []),
        ("status: draft", "draft", []),
        ("status: published", "public", []),
        ("confnotes: {visibility: private}", "private", []),
        ("draft: true\nconfnotes: {visibility: public}", "draft", []),
    ],
)
def test_visibility_is_read_from_front_matter(front, visibility, remarks):
    post = parse(front)
    assert (post.visibility, post.draft, codes(post)) == (visibility, visibility == "draft", remarks)


@pytest.mark.parametrize(
    ("front", "author"),
    [
        ("author: Eve", "Eve"),
        ("authors: [Eve, Bob]", "Eve, Bob"),
        ("author: {name: Eve, url: x}", "Eve"),
        ("authors:\n  - name: Eve\n  - Bob", "Eve, Bob"),
        ("author:", None),
        ("title: x", None),
    ],
)
def test_authors_are_read_from_front_matter(front, author):
    assert parse(front).author == author


def test_aliases_slug_url_and_language_are_read():
    post = parse("aliases:\n  - /old/\n  - /older/\nslug: day-2\nurl: /2017/day-2/\nlang: pt_BR")
    assert (post.aliases, post.slug, post.url, post.language) == (
        ("/old/", "/older/"),
        "day-2",
        "/2017/day-2/",
        "pt-BR",
    )


@pytest.mark.parametrize(
    "value",
    ["[[People/Ann Lee]]", "[[vault/People/Ann Lee]]", "[[People/Ann Lee|Ann]]", "[[a-lee|Ann Lee]]", "[[Ann Lee]]"],
)
def test_links_to_notes_name_speakers_and_events_without_folders(value):
    link = value.replace("Ann Lee", "Acme Conf 2019").replace("People", "Events")
    post = parse(f'title: Moss on walls\nconference: "{link}"\nspeaker: "{value}"')
    assert [speaker.name for talk in post.talks for speaker in talk.speakers] == ["Ann Lee"]
    assert (post.conference.series, post.conference.year) == ("Acme Conf", 2019)
