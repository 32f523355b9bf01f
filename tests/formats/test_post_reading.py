import pytest

from talks.formats.post_reading import align_lines
from talks.models import Post, Takeaway, Talk, TalkSource


def make_point(pk, first, last, talk, parent=None):
    return Takeaway(pk=pk, line=first, end_line=last, talk=talk, parent=parent, text=str(pk))


@pytest.fixture
def talk():
    return Talk(pk=1, title="The talk")


def shape(passages):
    return [(p.owner.role, p.owner.takeaway and p.owner.takeaway.pk, p.owner.depth, p.lines) for p in passages]


def test_each_line_of_a_post_belongs_to_one_passage(talk):
    post = Post(source="# T\n\n## A\n* a\n** b\n\nend\n", lines=[[1, 1, "title"], [3, 3, "talk"], [7, 7, "outro"]])
    above = make_point(1, 4, 5, talk)
    passages = align_lines(post, [TalkSource(talk=talk, line=3, end_line=6)], [above, make_point(2, 5, 5, talk, above)])
    assert shape(passages) == [
        ("title", None, 0, [(1, "# T")]),
        ("talk", None, 0, [(3, "## A")]),
        ("takeaway", 1, 0, [(4, "* a")]),
        ("takeaway", 2, 1, [(5, "** b")]),
        ("outro", None, 0, [(7, "end")]),
    ]
    assert passages[1].owner.talk == talk


def tell_shown(passages):
    return [[part.talk.title if part.talk else part.takeaway.pk for part in p.shown] for p in passages]


def test_a_talk_is_named_where_it_begins(talk):
    post = Post(source="## A\n* a\n[slides](u)\n## B\n", lines=[[1, 4, "talk"]])
    sources = [TalkSource(talk=talk, line=1, end_line=3), TalkSource(talk=Talk(pk=2, title="B"), line=4, end_line=4)]
    passages = align_lines(post, sources, [make_point(1, 2, 2, talk)])
    assert [p.owner.role for p in passages] == ["talk", "takeaway", "talk", "talk"]
    assert tell_shown(passages) == [["The talk"], [1], [], ["B"]]


def test_talks_that_begin_with_a_takeaway_are_named_once(talk):
    """Only at the first passage."""
    post = Post(source="* a\n  * b\n* c\n[slides](u)\n", lines=[[3, 4, "talk"]])
    above = make_point(1, 1, 2, talk)
    passages = align_lines(post, [TalkSource(talk=talk, line=1, end_line=4)], [above, make_point(2, 2, 2, talk, above)])
    assert tell_shown(passages) == [["The talk", 1], [2], []]


def test_a_talk_with_its_posts_title_appears_at_first_notes(talk):
    post = Post(source="# T\n\n* a\n* b\n", lines=[[1, 1, "title"]])
    notes = [make_point(1, 3, 3, talk), make_point(2, 4, 4, talk)]
    passages = align_lines(post, [TalkSource(talk=talk, line=1, end_line=4)], notes)
    assert tell_shown(passages) == [[], ["The talk", 1], [2]]


@pytest.mark.parametrize("hidden", [False, True])
def test_each_talk_that_begins_on_a_line_has_its_takeaway(talk, hidden):
    other = Talk(pk=2, title="B", hidden=hidden)
    post = Post(source="a and b\nmore\n", lines=[])
    sources = [TalkSource(talk=talk, line=1, end_line=1), TalkSource(talk=other, line=1, end_line=2)]
    passages = align_lines(post, sources, [make_point(1, 1, 1, talk), make_point(2, 1, 2, other)])
    assert tell_shown(passages) == ([[]] if hidden else [["The talk", 1, "B", 2]])


@pytest.mark.parametrize("hidden", [False, True])
def test_lines_that_corrections_moved_belong_to_their_new_talk(talk, hidden):
    talk.hidden = hidden
    post = Post(source="## A\n## B\n* b\n* a\n", lines=[[1, 1, "talk"], [2, 2, "talk"], [4, 4, "talk 1"]])
    other = Talk(pk=2)
    sources = [TalkSource(talk=talk, line=1, end_line=1), TalkSource(talk=other, line=2, end_line=4)]
    passages = align_lines(post, sources, [make_point(1, 3, 3, other)])
    mine = ("taken-down", None, []) if hidden else ("talk", 1, [(4, "* a")])
    assert [(p.owner.role, p.owner.talk and p.owner.talk.pk, p.lines) for p in passages[1:]] == [
        ("talk", 2, [(2, "## B")]),
        ("takeaway", None, [(3, "* b")]),
        mine,
    ]


def test_text_of_comments_is_left_out_of_passages():
    post = Post(
        source="---\na: b # c\n---\nd %%e%%\n\n%%\nf\n%%\n",
        lines=[[1, 3, "front-matter"], [4, 4, "intro"], [6, 8, "comment"]],
    )
    assert shape(align_lines(post, [], [])) == [
        ("front-matter", None, 0, [(1, "---"), (2, "a: b"), (3, "---")]),
        ("intro", None, 0, [(4, "d")]),
        ("comment", None, 0, []),
    ]


def test_text_of_a_hidden_talk_is_left_out_of_passages(talk):
    talk.hidden = True
    post = Post(source="intro\n## A\n* a\n\nstray\n", lines=[[1, 1, "intro"], [2, 2, "talk"], [5, 5, "unplaced"]])
    passages = align_lines(post, [TalkSource(talk=talk, line=2, end_line=2)], [make_point(1, 3, 3, talk)])
    assert shape(passages) == [
        ("intro", None, 0, [(1, "intro")]),
        ("taken-down", None, 0, []),
        ("unplaced", None, 0, [(5, "stray")]),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_posts_lines_end_at_lf_cr_or_crlf(end):
    assert shape(align_lines(Post(source=f"a{end}{end}b{end}", lines=[[1, 3, "intro"]]), [], [])) == [
        ("intro", None, 0, [(1, "a"), (2, ""), (3, "b")])
    ]


def test_invalid_line_ranges_cause_no_error_in_reading_posts(talk):
    post = Post(source="a\n\x0bb\u2028c", lines=[[0, 9, "intro"], [5, 2, "outro"]])
    made_by_editor = Takeaway(pk=1, talk=talk)
    assert shape(align_lines(post, [], [made_by_editor])) == [("intro", None, 0, [(1, "a"), (2, "\x0bb\u2028c")])]


def test_an_empty_post_has_one_passage_without_lines():
    assert shape(align_lines(Post(source="", lines=[]), [], [])) == [("", None, 0, [])]
