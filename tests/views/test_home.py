from datetime import date

import pytest

from talks.related import choose_quote
from tests import builders as make
from tests.views.rows import log_in_staff, make_base, read_links, read_text

pytestmark = pytest.mark.django_db


def test_the_home_page_shows_counts_latest_posts_and_tags(client):
    make_base()
    response = client.get("/")
    assert "6 takeaways 3 talks 2 conferences 2 speakers 3 tags 2 posts" in read_text(response)
    assert [post.title for post in response.context["posts"]] == [
        "KubeCon notes",
        "Takeaways from QCon London 2017 – Day 2",
    ]
    assert [(tag.name, tag.talk_count) for tag in response.context["tags"]] == [("AWS", 1), ("Docker", 2)]
    assert "/talks/kubecon-2019/containers-at-night/" in read_links(response)


def test_the_home_page_prefers_latest_posts_with_talks(client):
    for day in range(1, 9):
        make.make_post(f"Recipe {day}", key=f"{day}.md", published_on=date(2020, 5, day))
    assert [post.title for post in client.get("/").context["posts"]][:2] == ["Recipe 8", "Recipe 7"]
    make.make_talk("Moss", post=make.make_post("Notes", key="n.md", published_on=date(2019, 5, 6)), takeaways=["Green"])
    assert [post.title for post in client.get("/").context["posts"]] == ["Notes"]


def test_the_home_page_counts_visible_rows_only(client):
    make_base()
    draft = make.make_post("Draft", visibility="draft", key="d.md")
    make.make_talk("Draft talk", post=draft, takeaways=["Draft words"], tags=["Hush"])
    make.make_talk("Hidden talk", takeaways=["Hidden words"], hidden=True)
    make.make_talk("Withdrawn talk", takeaways=["Withdrawn words"], withdrawn=True)
    assert "6 takeaways 3 talks 2 conferences 2 speakers 3 tags 2 posts" in read_text(client.get("/"))
    assert "7 takeaways 4 talks 2 conferences 2 speakers 4 tags 3 posts" in read_text(log_in_staff().get("/"))


def test_the_home_page_of_an_empty_base_explains_importing(client):
    text = read_text(client.get("/"))
    assert "Nothing has been imported yet" in text
    assert ".venv/bin/python manage.py import_posts path/to/your/notes" in text


def test_the_home_page_with_posts_does_not_explain_importing(client):
    make_base()
    assert "Nothing has been imported yet" not in read_text(client.get("/"))


def test_another_takeaway_is_quoted_each_day():
    talk = make.make_talk()
    with make.derive_once():
        for number in range(40):
            make.make_takeaway(talk, f"A thought that is long enough to stand by itself on a page, number {number}")
    drawn = [choose_quote(date(2026, 1, day), staff=False).pk for day in range(1, 29)]
    assert drawn == [choose_quote(date(2026, 1, day), staff=False).pk for day in range(1, 29)]
    assert len(set(drawn)) > 10


def test_short_long_nested_or_withdrawn_takeaways_are_not_quoted(client):
    talk = make.make_talk()
    long = "A thought that is long enough to stand by itself, and yet "
    make.make_takeaway(talk, "Short")
    make.make_takeaway(talk, long * 20)
    make.make_takeaway(talk, f"{long} it is code", kind="code")
    make.make_takeaway(talk, f"{long} it is below another", parent=make.make_takeaway(talk, "Above"))
    make.make_takeaway(talk, f"{long} it is withdrawn", withdrawn=True)
    make.make_takeaway(talk, f"{long} it begins a list:")
    assert choose_quote(date(2026, 1, 1), staff=False) is None
    assert client.get("/").status_code == 200


def test_an_empty_list_of_tags_says_that_there_is_none(client):
    assert "There is no tag yet." in read_text(client.get("/tags/"))
    assert "No tag is called like that." in read_text(client.get("/tags/?letter=x"))


def test_home_shows_posts_titled_like_their_only_talk_once(client):
    post = make.make_post("Words on Words by Ada Brown")
    talk = make.make_talk("Words on Words", post=post, takeaways=["One", "Two"])
    page = client.get("/")
    assert page.content.decode().count("Words on Words") == 1
    assert f'<a href="{talk.get_absolute_url()}">2 takeaways</a>' in page.content.decode()
    make.make_talk("Another", post=post)
    assert "Words on Words · Another" in read_text(client.get("/"))


def test_the_takeaway_of_the_day_prefers_claims_to_praise():
    praise = (
        "My favourite of all that I heard over these days, and it was fun, a joy, a laugh, and what a crowd that was"
    )
    claim = "Small batches never fail alone: a team that ships 10 times a day must always be able to roll back at once"
    make.make_talk("One", takeaways=[f"{text}, {number}" for number in range(20) for text in (praise, claim)])
    drawn = [choose_quote(date(2026, 1, day), staff=False).text for day in range(1, 29)]
    assert sum(text.startswith(claim) for text in drawn) > 24
