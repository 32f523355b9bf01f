from talks.models import Takeaway
from talks.views.nested_takeaways import build_outline, group_by_post


def make(pk, parent=None, kind="point", post_id=None, headings=""):
    return Takeaway(pk=pk, parent_id=parent, kind=kind, post_id=post_id, headings=headings)


def write(outline):
    return " ".join(f"{step} {row.pk}" if row else step for step, row in outline)


def test_neighbouring_takeaway_points_are_one_html_list():
    rows = [make(1), make(2), make(3, kind="paragraph"), make(4)]
    assert write(build_outline(rows)) == (
        "list item 1 end item item 2 end item end list block 3 end block list item 4 end item end list"
    )


def test_headings_above_a_takeaway_end_the_list_before():
    rows = [make(1), make(2, headings="Baking"), make(3), make(4, kind="paragraph", headings="Eating")]
    assert write(build_outline(rows)) == (
        "list item 1 end item end list headings 2 list item 2 end item item 3 end item end list "
        "headings 4 block 4 end block"
    )


def test_nested_takeaways_are_in_nested_lists():
    rows = [make(1), make(2, parent=1), make(3, parent=2, kind="code"), make(4, parent=1), make(5)]
    assert write(build_outline(rows)) == (
        "list item 1 list item 2 block 3 end block end item item 4 end item end list end item item 5 end item end list"
    )


def test_a_takeaway_with_a_hidden_parent_is_at_the_top():
    assert write(build_outline([make(2, parent=1)])) == "list item 2 end item end list"


def test_deeply_nested_takeaways_are_all_shown():
    rows = [make(number, parent=number - 1 or None) for number in range(1, 151)]
    assert write(build_outline(rows)).count("end item") == 150


def test_takeaways_written_in_the_admin_are_a_group_without_post():
    notes = group_by_post([make(1), make(2)])
    assert [(note.post, write(note.outline)) for note in notes] == [
        (None, "list item 1 end item item 2 end item end list")
    ]
    assert group_by_post([]) == []
