"""The rows that tests create are sound."""

import pytest

from talks.backup import check_base
from talks.derived import renew
from talks.models import Post, Takeaway, Talk
from tests.builders import (
    make_citation,
    make_conference,
    make_day,
    make_post,
    make_source,
    make_speaker,
    make_tag,
    make_takeaway,
    make_talk,
)

pytestmark = pytest.mark.django_db


def test_a_built_talk_has_all_data_of_its_post():
    post = make_post(tags=["Docker"], aliases=["/2017/03/23/day-2"], intro="It rained.")
    talk = make_talk(
        post=post,
        speakers=["Lisa Guo"],
        tags=["Docker"],
        takeaways=["One", ("Two", ["Below two", ("Deep", ["Deeper"])]), "Three"],
    )
    make_citation(talk, takeaway=talk.takeaways.get(text="Two"))
    assert [(t.position, t.text, t.parent and t.parent.text) for t in talk.takeaways.order_by("position")] == [
        (1, "One", None),
        (2, "Two", None),
        (3, "Below two", "Two"),
        (4, "Deep", "Two"),
        (5, "Deeper", "Deep"),
        (6, "Three", None),
    ]
    assert [str(speaker) for speaker in talk.speakers.all()] == ["Lisa Guo"]
    assert talk.day == make_day(make_conference("QCon London", 2017), 2)


def test_all_lines_of_built_posts_have_takeaways_or_roles():
    post = make_post(intro="It rained.\nAll day.")
    talk = make_talk(post=post, speakers=["Lisa Guo"], takeaways=["One\nhard-wrapped", ("Two", ["Below two"])])
    make_takeaway(talk, "A paragraph\nof two lines", post=post, kind="paragraph")
    post = Post.objects.get()
    spans = [(first, last) for first, last, _ in post.lines] + list(Takeaway.objects.values_list("line", "end_line"))
    covered = sorted(line for first, last in spans for line in range(first, last + 1))
    assert covered == [number for number, line in enumerate(post.source.splitlines(), 1) if line]
    first = Takeaway.objects.get(position=1)
    assert post.source.splitlines()[first.line - 1 : first.end_line] == ["* One", "  hard-wrapped"]


def test_builders_make_each_named_row_once():
    assert make_speaker("Lisa Guo") == make_speaker("lisa  guo")
    assert make_tag("C++", aliases=["cpp"]).slug == "cpp"
    assert make_tag("C").slug == "c"
    assert make_tag("C").aliases.count() == 0


def test_a_built_talk_without_a_post_has_no_source():
    talk = make_talk(takeaways=["One"])
    assert (talk.sources.count(), talk.takeaways.get().post) == (0, None)


def test_built_talks_of_a_day_are_numbered():
    assert [make_talk(title).position for title in ("One", "Another")] == [1, 2]


def test_check_base_finds_no_fault_in_built_rows():
    post = make_post(tags=["Docker"], aliases=["/2017/03/23/day-2"], intro="It rained.")
    talk = make_talk(post=post, speakers=["Lisa Guo"], tags=["Docker"], takeaways=["One", ("Two", ["Below"]), "Three"])
    make_talk("Another", post=post, withdrawn=True)
    make_talk("By hand", takeaways=["One"])
    make_takeaway(talk, "A paragraph", post=post, kind="paragraph", tags=["Docker"])
    make_takeaway(talk, "Gone", post=post, withdrawn=True)
    make_citation(talk, takeaway=talk.takeaways.get(text="Two"))
    make_source(talk, make_post("Another writer's notes", writer="Ann Other"), speakers=["Lisa Guo"])
    talks = [talk.pk for talk in Talk.objects.all()]
    renew(talks)  # a title may mention what no test asked for
    assert check_base() == []
