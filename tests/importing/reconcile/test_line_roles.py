from talks.importing.reconcile.line_roles import list_spans
from talks.parsing import Kind, ParsedDay, ParsedPost, ParsedTakeaway, ParsedTalk, Passage


def test_lines_outside_takeaways_get_roles_like_intro_and_unplaced():
    text = "---\ntitle: a\n---\n# Title\r\n\r\nIntro\n## Day 1\n### Talk\n* one\n  * two\n\nLost\nOutro\n"
    nested = ParsedTakeaway(Kind.POINT, "two", 10, 10)
    talk = ParsedTalk(
        "Talk",
        "### Talk",
        8,
        takeaways=(ParsedTakeaway(Kind.POINT, "one", 9, 9, (nested,)),),
        head=(Passage("### Talk", 8, 8),),
    )
    post = ParsedPost(
        "a.md",
        days=(ParsedDay(1, heading=Passage("## Day 1", 7, 7)), ParsedDay(2)),
        intro=(Passage("Intro", 6, 6),),
        outro=(Passage("Outro", 13, 13),),
        unplaced=(Passage("Lost", 12, 12),),
        talks=(talk,),
        body_line=4,
    )
    assert list_spans(post, text) == [
        [1, 3, "front-matter"],
        [4, 4, "title"],
        [6, 6, "intro"],
        [7, 7, "day"],
        [8, 8, "talk"],
        [12, 12, "unplaced"],
        [13, 13, "outro"],
    ]


def test_a_line_with_only_a_comment_has_the_role_comment():
    text = "%%a%%\nIntro %%b%%\n\n<!--\n\n-->\n"
    comments = Passage("%%a%%", 1, 1), Passage("%%b%%", 2, 2), Passage("<!--\n\n-->", 4, 6)
    post = ParsedPost("a.md", intro=(Passage("Intro", 2, 2),), comments=comments)
    assert list_spans(post, text) == [[1, 1, "comment"], [2, 2, "intro"], [4, 4, "comment"], [6, 6, "comment"]]


def test_the_heading_of_a_talk_has_the_role_talk():
    talk = ParsedTalk("Talk", "# Talk", 1, head=(Passage("# Talk", 1, 1),))
    assert list_spans(ParsedPost("a.md", talks=(talk,)), "# Talk\n") == [[1, 1, "talk"]]


def test_roles_of_lines_moved_to_another_talk_name_its_line():
    moss = ParsedTalk("Moss", "# Moss", 2, head=(Passage("# Moss", 2, 2), Passage("late", 4, 4)))
    talks = (moss, ParsedTalk("Fern", "# Fern", 3, head=(Passage("# Fern", 3, 3), Passage("by Ann", 5, 5))))
    spans = list_spans(ParsedPost("a.md", talks=talks), "\n# Moss\n# Fern\nlate\nby Ann\n")
    assert spans == [[2, 2, "talk"], [3, 3, "talk"], [4, 4, "talk 2"], [5, 5, "talk"]]
