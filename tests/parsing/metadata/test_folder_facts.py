import pytest

from talks.parsing import NO_FACTS, FolderFacts, parse_post
from talks.parsing.events.event_doubts import is_only_noted
from talks.parsing.metadata.dated_file_names import read_marked_event
from talks.parsing.metadata.folder_facts import Head, read_head, weigh_folder
from talks.parsing.metadata.path_events import PathEvent


def event(path: str, texts: list[str], *indexes: str):
    heads = [read_head(f"{number}.md", text) for number, text in enumerate(texts)]
    found = weigh_folder(path, heads, [read_head("README.md", text) for text in indexes]).event
    return found and (found.series, found.year, found.sure)


TALK = "# Moss on stones\n\nAnn Lee\n\n* It is green\n"


def test_a_readme_names_the_event_of_its_folder():
    assert event("eve/x/", [TALK], "# My notes\n\nNotes from GardenConf 2019.\n") == ("GardenConf", 2019, True)


def test_a_readme_that_names_two_events_is_ignored():
    assert event("eve/x/", [TALK], "# My notes\n\nGardenConf 2019 and MossConf 2020.\n") is None


def test_a_readme_above_files_of_different_events_is_ignored():
    texts = [f"# {name} 2019\n" for name in ("GardenConf", "MossConf", "StoneFest")]
    assert event("posts/", [*texts, TALK], "# Posts\n\nNotes from GardenConf 2019 and others.\n") is None


def test_events_that_a_readme_gives_as_examples_are_ignored():
    for readme in ("Raw notes from conferences like GardenConf and more.", "Notes of events such as GardenConf 2019."):
        assert event("eve/x/", [TALK], f"# My notes\n\n{readme}\n") is None


def test_a_book_in_a_readme_is_no_event():
    readme = "# My notes\n\nAnn Lee, Growing Roses (2018), says it all.\n"
    assert event("eve/x/", [TALK], readme) is None


def test_code_in_a_readme_names_no_event():
    assert event("posts/", [TALK], "# Posts\n\nThe best is `GardenConf 2019`.\n") is None


def test_a_readme_gives_the_year_of_its_folders_event():
    assert event("gardenconf-notes/", [TALK], "My notes of 2013-08-15.\n") == ("Gardenconf", 2013, True)


def test_a_readme_gives_the_spelling_of_its_folders_event():
    assert event("gardenconf-2013/", [TALK], "# GardenConf\n") == ("GardenConf", 2013, True)


def test_the_title_in_a_dated_posts_folder_names_the_event():
    heads = [read_head("index.md", "# GardenConf 2019\n")]
    found = weigh_folder("2019-04-21-eve-gardenconf-2019-day3/index.md", heads, heads).event
    assert (found.series, found.year) == ("GardenConf", 2019)


def test_a_dated_folder_and_its_title_name_no_sure_event():
    heads = [read_head("index.md", "# Moss is no JS conference\n")]
    assert not weigh_folder("2012-12-03-moss-is-no-js-conference/index.md", heads, heads).event.sure


def test_the_only_post_of_a_folder_is_no_readme():
    """A README in a folder above is."""
    heads = [read_head("index.md", "# My year\n\nFrom Moss Land 2019 on I grew moss.\n")]
    assert weigh_folder("2019-12-31/index.md", heads, heads).event is None
    readme = read_head("README.md", "# Notes from GardenConf 2019\n")
    assert weigh_folder("moss/index.md", heads, [*heads, readme]).event.series == "GardenConf"


def test_an_event_in_most_titles_of_files_is_their_folders():
    named = "# Keynote of GardenConf 2019\n"
    assert event("eve/x/", [named, named, named, TALK]) == ("GardenConf", 2019, True)


def test_files_of_different_events_give_their_folder_no_event():
    texts = [f"# {name} 2019\n" for name in ("GardenConf", "MossConf", "StoneFest", "GardenConf")]
    assert event("posts/", texts) is None


def test_an_address_in_a_readme_names_no_event():
    readme = "# Moss\n\nhttps://video.example/watch?v=1&ab_channel=GardenConf\n"
    assert event("gardenconf-notes/2021/moss/", [TALK], readme) == ("Gardenconf", 2021, True)


def test_a_folders_uncertain_event_is_certain_if_files_name_it():
    assert event("moss-notes/", [TALK, TALK]) == ("Moss", None, False)
    assert event("moss-notes/", ["# Moss 2019: trees\n", "# Moss 2019: stones\n"]) == ("Moss", 2019, True)


def test_other_posts_make_no_folders_title_an_event():
    heads = [
        read_head("index.md", text) for text in ("# Moss is coming\n", "# Moss 2019: soil\n", "# Moss 2019: stones\n")
    ]
    assert not weigh_folder("2019-05-06-moss-is-coming/index.md", heads).event.sure


def test_the_only_year_in_files_is_their_folders_events():
    dated, other = "# Moss\n\nNotes from the 2019 Garden Summit.\n", "# Trees\n\nNotes from the 2020 Garden Summit.\n"
    assert event("garden-summit/", [dated, TALK, TALK]) == ("Garden Summit", 2019, True)
    assert event("garden-summit/", [dated, other, TALK]) == ("Garden Summit", None, True)


def test_the_share_of_one_talk_files_is_rounded_down():
    assert weigh_folder("x/", [read_head("a.md", TALK)] * 4) == FolderFacts(None, 3, 0.8)
    day = "# Day 1\n\n## Moss - Ann Lee\n\n## Trees - Bob Roy\n"
    mixed = [read_head("day-1.md", day), read_head("a.md", TALK), read_head("b.md", TALK)]
    assert weigh_folder("x/", mixed) == FolderFacts(None, 3, 0.5)
    assert weigh_folder("x/", mixed[:2]) == FolderFacts()


@pytest.mark.parametrize(
    ("folder", "texts", "single"),
    [
        ("garden/", ["# Moss on stones\n\n* It is green\n"] * 4, 0.0),
        (
            "garden/",
            [*["# Moss on stones\n\nSpeaker: Ann\n\n* It is green\n"] * 2, *["# Moss\n\n* It is green\n"] * 4],
            0.8,
        ),
        ("garden/", [*["# Moss, a talk\n\n* It is green\n"] * 2, *["# Moss\n\n* It is green\n"] * 4], 0.8),
        ("garden/", ["# Moss – Ann Lee\n\n* It is green\n", *["# Moss\n\n* It is green\n"] * 5], 0.0),
        ("garden/", ["# Moss: Worked Examples\n\n* It is green\n", *["# Moss\n\n* It is green\n"] * 3], 0.0),
        ("garden/", [*["# Moss by Ann Lee\n\n* It is green\n"] * 2, *["# Moss\n\n* It is green\n"] * 3], 0.8),
        ("garden/", [*["# Moss\n\n*10:15, Salon B*\n\n* It is green\n"] * 2, *["# Moss\n\n* It is green\n"] * 4], 0.8),
        ("garden/", ["# Moss by Ann Lee\n\n* It is green\n", *["# Moss\n\n* It is green\n"] * 3], 0.0),
        ("garden/", ["---\ncategories: [meetups/garden-club]\n---\n# Moss\n\n* It is green\n"] * 4, 0.8),
        (
            "garden/",
            ["# Moss\n\nSince 2.50 was paid for it.\n\n* It is green\n", *["# Moss\n\n* It is green\n"] * 9],
            0.0,
        ),
        ("garden/talks/", ["# Moss on stones\n\n* It is green\n"] * 4, 0.8),
        ("GardenConf 2019/", ["# Moss on stones\n\n* It is green\n"] * 4, 0.8),
        ("conferences/garden/", ["# Moss on stones\n\n* It is green\n"] * 4, 0.8),
    ],
)
def test_only_folders_that_tell_of_talks_have_one_talk_files(folder, texts, single):
    heads = [read_head(f"{number}.md", text) for number, text in enumerate(texts)]
    assert weigh_folder(folder, heads).single == single


CALLED = [f"crOak2019-0{month}-04.md" for month in range(1, 6)] + ["crMossCamp2018-05b.md", "README.md"]


def read_called(name: str, names: list[str], title: str = "Conférence de mai") -> tuple[str, int | None] | None:
    facts = weigh_folder("notes/", [read_head(each, f"# {title}\n\nProse.\n") for each in names])
    post = parse_post("# Roses\n\nThey grow.\n", name=f"notes/{name}", folder=facts)
    return (post.conference.series, post.conference.year) if post.conference else None


def test_files_called_by_events_and_dates_name_their_events():
    assert read_called("crOak2019-05-04.md", CALLED) == ("Oak", 2019)
    assert read_called("crOak2019S5-414.md", CALLED) == ("Oak", 2019)
    assert read_called("crMossCamp2018-05b.md", CALLED) == ("Moss Camp", 2018)
    assert read_called("Oak2019-05-04.md", [name.removeprefix("cr") for name in CALLED]) == ("Oak", 2019)


def test_events_in_files_names_count_as_evidence():
    event = read_marked_event("crOak2019-05-04", "cr")
    assert not is_only_noted(event.series, [f"path: {event.reason}"])


def test_other_files_called_by_names_and_dates_name_no_events():
    assert read_called("formOak2019-05-04.md", CALLED) is None
    assert read_called("crTest2019-05-04.md", CALLED) is None
    assert read_called("crOak2019-05-04.md", CALLED, title="Roses") is None
    assert read_called("crOak2019-05-04.md", CALLED[-4:]) is None
    assert (
        read_called("crOak2019-05-04.md", [f"cr{tree}2019-05-04.md" for tree in ("Oak", "Elm", "Fir", "Ash", "Box")])
        is None
    )


def test_ordinary_files_side_by_side_are_no_talks():
    texts = [f"# Moss on {place}\n\nIt is green.\n" for place in ("stones in the garden", "trees", "walls")]
    facts = weigh_folder("garden/", [read_head(f"{number}.md", text) for number, text in enumerate(texts)])
    assert not parse_post(texts[0], name="garden/moss-on-stones-in-the-garden.md", folder=facts).talks


def test_a_posts_titled_event_overrides_the_folders_unlike_its_texts():
    facts = FolderFacts(PathEvent("GardenConf", 2019, True, "…"))
    read = lambda text: parse_post(text, name="x.md", folder=facts).conference  # noqa: E731
    assert (read(TALK).series, read(TALK).year) == ("GardenConf", 2019)
    assert read("# MossFest 2020 recap\n\n* a\n").series == "MossFest"
    assert read("---\nconference: MossFest 2020\n---\n# Trees\n\n* a\n").series == "MossFest"
    assert read("# Trees in 2020\n\nText.\n\nText.\n\nAs Dana H. Mead 2008 says.\n").series == "GardenConf"


def test_event_names_far_down_in_a_post_are_ignored():
    text = "# Trees\n\nText.\n\nText.\n\nThinking in Trees, Dana H. Mead (2008)\n"
    assert parse_post(text, name="x.md", folder=NO_FACTS).conference is None


def test_posts_titled_by_an_event_alone_are_not_one_talk():
    titles = ["Recap of GardenConf 2019", "MossConf 2020", "GardenConf 2021"]
    heads = [read_head(f"{n}.md", f"# {title}\n\n## Soil\n\n- red\n") for n, title in enumerate(titles)]
    assert [head.single for head in heads] == [False, False, False]
    assert read_head("x.md", "# Soil at GardenConf 2019\n\n- red\n").single


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_heads_of_files_are_the_same_whichever_their_line_ends(end):
    text = "---\ntitle: Soil\nspeaker: Ann Lee\n---\nThe hall was full.\n\n- red\n"
    assert read_head("a.md", text.replace("\n", end)) == Head(
        "a.md", "Soil", ("The hall was full.",), single=True, telling=True
    )


def test_other_posts_of_a_month_give_a_post_no_event():
    named = [read_head("index.md", "# Notes from GardenConf\n")] * 3
    other = read_head("index.md", "# Moss Day in Oslo\n")
    path = "post/2019/05/2019-05-06-moss-day/index.md"
    facts = weigh_folder(path, [*named, other], [other])
    assert (facts.event and facts.event.series) != "GardenConf"
    assert weigh_folder(path, [*named, other], named[:1]).event.series == "GardenConf"


def read_titled(title: str, day: int) -> Head:
    return read_head("index.md", f"---\ntitle: '{title}'\ndate: 2019-05-{day:02}\n---\nThe talk was good.\n")


@pytest.mark.parametrize(
    ("title", "days", "expected"),
    [
        ("Moss Gardens: {}", (5, 6, 6), "Moss Gardens"),
        ("Moss Gardens: {}", (5, 6, 25), None),
        ("Moss Gardens: {}", (5, 6), None),
        ("Moss: {}", (5, 6, 6), None),
        ("Best Practices: {}", (5, 6, 6), None),
    ],
)
def test_posts_of_one_week_may_open_with_their_event(title, days, expected):
    heads = [read_titled(title.format(word), day) for word, day in zip(("Soil", "Rain", "Trees"), days, strict=False)]
    event = weigh_folder("post/2019/05/2019-05-06-soil/index.md", heads, heads[:1]).event
    assert (event.series if event and event.sure else None) == expected
    other = weigh_folder("post/2019/05/2019-05-06-oak/index.md", heads, [read_titled("Oak", 6)]).event
    assert not (other and other.sure)
