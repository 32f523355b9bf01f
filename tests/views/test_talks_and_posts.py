import json
import re
from datetime import date
from html import unescape

import pytest

from talks.models import Post, Tag, TagAlias, Takeaway, Talk
from tests import builders as make
from tests.views.rows import count_queries, log_in_staff, make_base, read_links, read_names, read_text

pytestmark = pytest.mark.django_db


def test_talks_are_listed_newest_first(client):
    make_base()
    assert read_names(client.get("/talks/")) == [
        "Containers at night",
        "Deliver Docker Container Continuously in AWS",
        "Scaling Instagram Architecture",
    ]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("tag=docker", 2),
        ("tag=DOCKER", 2),
        ("tag=aws", 1),
        ("tag=nothing", 0),
        ("tag=docker&year=2019", 1),
        ("series=qcon-london", 2),
        ("series=qcon-london&tag=docker&year=2017", 1),
        ("year=1066", 3),
        ("tag=%00", 3),
    ],
)
def test_the_list_of_talks_can_be_filtered(client, query, count):
    make_base()
    assert client.get(f"/talks/?{query}").context["page"].paginator.count == count


def test_lists_of_talks_tell_equal_titles_apart_by_days(client):
    for number in (1, 2, None):
        make.make_talk("Keynote", make.make_day(number=number), speakers=["Ann Lee"])
    listed = read_text(client.get("/talks/"))
    assert "Keynote Ann Lee Keynote Ann Lee · Day 1 Keynote Ann Lee · Day 2" in listed
    assert "Ann Lee · Day" not in read_text(client.get("/conferences/qcon-london-2017/day-1/"))


def test_lists_omit_speakers_whose_names_are_the_title(client):
    make.make_talk("Ann Lee, Bo Li", speakers=["Ann Lee", "Bo Li"])
    make.make_talk("Ann Lee", speakers=["Ann Lee", "Cy Roe"])
    shown = read_text(client.get("/conferences/qcon-london-2017/day-2/"))
    assert "Talks Ann Lee, Bo Li Ann Lee Ann Lee , Cy Roe" in shown
    hits = read_text(client.get("/search/?q=bo"))
    assert "Ann Lee, Bo Li QCon London 2017, day 2" in hits


@pytest.mark.parametrize(("count", "links"), [(20, []), (21, ["#tags"])])
def test_pages_of_long_talks_link_to_what_follows(client, count, links):
    talk = make.make_talk("Long", tags=["Docker"], takeaways=[f"Takeaway {number}" for number in range(count)])
    shown = read_links(client.get(talk.get_absolute_url()))
    assert [link for link in shown if link in ("#references", "#tags", "#related")] == links


@pytest.mark.parametrize(("length", "long"), [(110, False), (111, True)])
def test_long_titles_of_talks_are_set_smaller(client, length, long):
    talk = make.make_talk(("word " * 30)[: length - 1] + "x")
    assert ('<h1 class="long">' in client.get(talk.get_absolute_url()).content.decode()) == long


def test_a_talk_page_shows_its_takeaways(client):
    talk = make_base()
    text = read_text(client.get(talk.get_absolute_url()))
    start = text.index("QCon London 2017 · Day 2")
    assert text[start:].startswith(
        "QCon London 2017 · Day 2 Deliver Docker Container Continuously in AWS Philipp Garbe "
        "Slides 4 takeaways "
        "Skip to the references "
        "Deliver Docker Container Continuously in AWS · Philipp Garbe · QCon London 2017 · all 4 takeaways "
        "Notes by Toby Notemaker in Takeaways from QCon London 2017 – Day 2 · 23 March 2017 "
        "# Link to this takeaway The state of the cluster is kept for you In the post: line 9 "
        "# Link to this takeaway There are two load balancers In the post: line 10 "
        "# Link to this takeaway One is newer In the post: line 11 "
        "# Link to this takeaway Docker is not the whole story Mentions: Docker In the post: line 12 "
        "References Deliver Docker Container Continuously in AWS Slides · example.org · archived 2017 "
        "Tags AWS Docker "
        "Talks on the same subjects Containers at night Lisa Guo · KubeCon 2019 Both on Docker "
        "Cite this Philipp Garbe: “Deliver Docker Container Continuously in AWS”. Talk at QCon London 2017. "
    )


def test_a_talk_page_shows_the_headings_above_its_takeaways(client):
    talk = make.make_talk("Bread")
    make.make_takeaway(talk, "Dark")
    note = make.make_takeaway(talk, "Wet")
    Takeaway.objects.filter(pk=note.pk).update(headings="Soil & *stone*\nThe bad:")
    html = client.get(talk.get_absolute_url()).content.decode()
    assert html.count('<h3 class="part">') == 2
    assert (
        '</ul><h3 class="part"><bdi>Soil &amp; *stone*</bdi></h3><h3 class="part"><bdi>The bad:</bdi></h3><ul>' in html
    )
    text = client.get(talk.get_absolute_url().rstrip("/") + ".md").content.decode()
    assert "\n\n### Soil & \\*stone\\*\n\n### The bad:\n\n- Wet" in text


def test_nested_takeaways_make_balanced_html_lists(client):
    talk = make.make_talk(takeaways=[("a", [("b", ["c", "d"]), "e"]), "f"])
    parent = make.make_takeaway(talk, "A paragraph", kind="paragraph")
    make.make_takeaway(talk, "A point below it", parent=parent)
    html = client.get(talk.get_absolute_url()).content.decode()
    outline = html.partition('<div class="outline">')[2].partition("</section>")[0]
    shape = [tag for tag in ("<ul>", "<li", "<div", "</li>", "</ul>", "</div>") for _ in range(outline.count(tag))]
    assert shape.count("<li") == shape.count("</li>") == 7
    assert shape.count("<ul>") == shape.count("</ul>") == 4
    assert shape.count("<div") + 1 == shape.count("</div>")


def test_notes_of_two_posts_are_grouped_earlier_first(client):
    day = make.make_day()
    late = make.make_post("Late", day=day, writer="Late Writer", published_on=date(2018, 1, 1), language="fr")
    early = make.make_post("Early", day=day, writer="Early Writer", published_on=date(2017, 1, 1))
    talk = make.make_talk("Twice told", post=late, takeaways=["Tard"])
    make.make_source(talk, early)
    make.make_takeaway(talk, "Soon", post=early)
    make.make_takeaway(talk, "By hand")
    text = read_text(client.get(talk.get_absolute_url()))
    places = [
        text.index(words) for words in ("Early Writer", "Soon", "Late Writer", "Tard", "Notes added here", "By hand")
    ]
    assert places == sorted(places)
    assert '<div class="outline" lang="fr">' in client.get(talk.get_absolute_url()).content.decode()


def test_a_talk_without_notes_links_to_its_post(client):
    post = make.make_post("The post")
    response = client.get(make.make_talk("Only a title", post=post).get_absolute_url())
    assert "Of this talk only the title was noted, in The post ." in read_text(response)
    assert f'href="{post.get_absolute_url()}"' in response.text


def test_a_talk_without_notes_says_that_links_were_noted(client):
    talk = make.make_talk("Only a title", post=make.make_post("The post"))
    make.make_citation(talk, "https://example.org/a")
    assert "Of this talk only the title and a link were noted, in" in read_text(client.get(talk.get_absolute_url()))
    make.make_citation(talk, "https://example.org/b")
    assert "Of this talk only the title and links were noted, in" in read_text(client.get(talk.get_absolute_url()))


def test_heads_of_talks_link_to_recordings_and_slides(client):
    own, other = "https://youtu.be/eyv75zN7FDw", "https://youtu.be/Tw8uinWseyv"
    talk = make.make_talk("Cores", post=make.make_post(), takeaways=["One"])
    make.make_citation(talk, other, title="Another talk, on threads", kind="video")
    assert "Cores 1 takeaway Skip" in read_text(client.get(talk.get_absolute_url()))
    make.make_citation(talk, own, title="Recording", kind="video")
    page = client.get(talk.get_absolute_url())
    assert "Cores Video 1 takeaway" in read_text(page)
    assert f'<p class="watch"><span><a href="{own}"' in page.text
    assert client.get(f"{talk.get_absolute_url().rstrip('/')}.json").json()["video_url"] == own
    Talk.objects.update(video_url=other, slides_url="https://example.org/slides")
    assert "Cores Video Slides 1 takeaway" in read_text(client.get(talk.get_absolute_url()))
    assert "Video" in read_text(client.get("/talks/"))


def test_a_talk_shows_its_speakers_affiliation_at_that_time(client):
    talk = make.make_talk(speakers=["Colin Breck"])
    talk.appearances.update(affiliation="Tesla")
    assert "Colin Breck , Tesla" in read_text(client.get(talk.get_absolute_url()))


def test_withdrawn_and_draft_notes_are_not_on_the_talk_page(client):
    talk = make_base()
    draft = make.make_post("Draft", visibility="draft", key="d.md", writer="Quiet Writer")
    make.make_source(talk, draft)
    make.make_takeaway(talk, "Draft words", post=draft)
    make.make_takeaway(talk, "Withdrawn words", post=talk.sources.first().post, withdrawn=True)
    text = read_text(client.get(talk.get_absolute_url()))
    assert [words for words in ("Draft words", "Quiet Writer", "Withdrawn words") if words in text] == []
    staff = read_text(log_in_staff().get(talk.get_absolute_url()))
    assert [words for words in ("Draft words", "Quiet Writer", "Withdrawn words") if words in staff] == [
        "Draft words",
        "Quiet Writer",
    ]


@pytest.mark.parametrize("field", ["hidden", "withdrawn"])
def test_hidden_talks_and_withdrawn_ones_without_successor_are_404(client, field):
    talk = make_base()
    Talk.objects.filter(pk=talk.pk).update(**{field: True})
    for reader in (client, log_in_staff()):
        assert reader.get(talk.get_absolute_url()).status_code == 404
    for address in ("/", "/talks/", "/tags/docker/", "/conferences/qcon-london-2017/", "/posts/", "/references/"):
        assert talk.get_absolute_url() not in read_links(client.get(address))


def test_permalinks_redirect_to_takeaways_on_pages_of_talks(client):
    talk = make_base()
    takeaway = talk.takeaways.first()
    response = client.get(f"/t/{takeaway.public_id}/")
    assert (response.status_code, response["Location"]) == (302, f"{talk.get_absolute_url()}#t-{takeaway.public_id}")
    assert f'id="t-{takeaway.public_id}"' in client.get(talk.get_absolute_url()).content.decode()


def test_a_mistyped_permalink_is_read_by_crockfords_rules(client):
    talk = make.make_talk()
    takeaway = make.make_takeaway(talk)
    Takeaway.objects.filter(pk=takeaway.pk).update(public_id="01a1b0c2d3")
    for typed in ("01a1b0c2d3", "01A1B0C2D3", "OlaIbOc2d3", "oLALbOC2D3"):
        assert client.get(f"/t/{typed}/")["Location"] == f"{talk.get_absolute_url()}#t-01a1b0c2d3"


@pytest.mark.parametrize("typed", ["0000000000", "x", "0" * 500, "été", "1-2"])
def test_unknown_permalinks_are_404(client, typed):
    assert client.get(f"/t/{typed}/").status_code == 404


def test_withdrawn_takeaways_are_410_with_texts_for_staff_alone(client):
    talk = make_base()
    takeaway = make.make_takeaway(talk, "What it once said", post=talk.sources.get().post, withdrawn=True)
    response = client.get(f"/t/{takeaway.public_id}/")
    assert response.status_code == 410
    assert "What it once said" not in read_text(response)
    staff = log_in_staff().get(f"/t/{takeaway.public_id}/")
    assert staff.status_code == 410
    assert "What it once said" in read_text(staff)


def test_permalinks_into_hidden_talks_answer_410(client):
    talk = make_base()
    takeaway = talk.takeaways.first()
    Talk.objects.filter(pk=talk.pk).update(hidden=True)
    assert client.get(f"/t/{takeaway.public_id}/").status_code == 410


def test_permalinks_of_drafts_answer_404_even_for_withdrawn_takeaways(client):
    draft = make.make_post(visibility="draft")
    talk = make.make_talk(post=draft, takeaways=["Draft words"])
    gone = make.make_takeaway(talk, "Gone", post=draft, withdrawn=True)
    for public_id in (talk.takeaways.first().public_id, gone.public_id):
        assert client.get(f"/t/{public_id}/").status_code == 404


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["KubeCon notes", "Takeaways from QCon London 2017 – Day 2"]),
        ("writer=second-writer", ["KubeCon notes"]),
        ("series=qcon-london", ["Takeaways from QCon London 2017 – Day 2"]),
        ("writer=nobody", []),
    ],
)
def test_posts_are_filtered_and_listed_newest_first(client, query, names):
    make_base()
    assert read_names(client.get(f"/posts/?{query}")) == names


def test_unknown_tags_of_the_filter_are_named_with_similar_ones(client):
    make.make_talk("Boxes", tags=["Docker"])
    response = client.get("/talks/?tag=dock")
    assert "No tag is called dock . Did you mean Docker ? Search the notes for it" in read_text(response)
    assert sorted(link for link in read_links(response) if link.endswith(("=dock", "=Docker"))) == [
        "/search/?q=dock",
        "?tag=Docker",
    ]
    assert "No tag is called zzz . Search the notes for it" in read_text(client.get("/talks/?tag=zzz"))


@pytest.mark.parametrize("name", ["k8s", "K8S", "kube", "Kubernetes"])
def test_talks_can_be_filtered_by_any_name_of_a_tag(client, name):
    talk = make.make_talk("Ships", tags=["Kubernetes"])
    TagAlias.objects.create(tag=Tag.objects.get(name="Kubernetes"), name="Kube")
    assert talk.get_absolute_url() in read_links(client.get("/talks/", {"tag": name}))


def test_talks_filter_prefers_slugs_of_tags_to_shipped_names(client):
    other, talk = make.make_talk("Ships", tags=["Kubernetes"]), make.make_talk("Boats", tags=["k8s"])
    links = read_links(client.get("/talks/", {"tag": "k8s"}))
    assert talk.get_absolute_url() in links
    assert other.get_absolute_url() not in links


def test_talks_filter_prefers_names_of_tags_to_aliases(client):
    other, talk = make.make_talk("Ships", tags=["Vessels"]), make.make_talk("Boats", tags=["Out of Town"])
    TagAlias.objects.create(tag=Tag.objects.get(name="Vessels"), name="Out-of-Town")
    Tag.objects.filter(name="Out of Town").update(slug="elsewhere")
    links = read_links(client.get("/talks/", {"tag": "out of town"}))
    assert (other.get_absolute_url() in links, talk.get_absolute_url() in links) == (False, True)


@pytest.mark.parametrize(
    ("languages", "main", "outlines"),
    [("he en", "rtl", ["", "ltr"]), ("en he", "", ["", "rtl"]), ("he he", "rtl", ["", ""])],
)
def test_notes_in_another_writing_direction_get_a_dir_attribute(client, languages, main, outlines):
    talk = make.make_talk("Gardens")
    for number, language in enumerate(languages.split()):
        post = make.make_post(f"Post {number}", language=language)
        make.make_source(talk, post)
        make.make_takeaway(talk, f"Something {number}", post=post)
    html = client.get(talk.get_absolute_url()).content.decode()
    assert re.findall(r'<main[^>]*?(?: dir="(\w+)")? tabindex', html) == [main]
    assert [found[1] for found in re.findall(r'<div class="outline" lang="(\w+)"(?: dir="(\w+)")?>', html)] == outlines


def test_a_post_page_shows_lines_beside_their_interpretation(client):
    talk = make_base()
    post = talk.sources.get().post
    post.diagnostics = [
        {"severity": "warning", "code": "odd-line", "line": 3, "column": 1, "message": "This is odd.", "hint": "Why?"}
    ]
    post.save()
    response = client.get(post.get_absolute_url())
    text = read_text(response)
    assert "Line 3 : This is odd. odd-line" in text
    assert "Front matter Now for *day 2*. Intro" in text
    assert "## Deliver Docker Container Continuously in AWS with Philipp Garbe Talk Deliver Docker" in text
    assert "* One is newer # Point, in the notes One is newer" in text


def test_post_pages_advise_staff_alone_on_remarks(client, admin_client):
    post = make_base().sources.get().post
    post.diagnostics = [
        {"severity": "warning", "code": "odd-line", "line": 3, "column": 1, "message": "This is odd.", "hint": "Why?"}
    ]
    post.save()
    assert "This is odd. Why? odd-line" in read_text(admin_client.get(post.get_absolute_url()))
    assert "Why?" not in read_text(client.get(post.get_absolute_url()))


def test_post_pages_gather_remarks_and_open_them_for_staff_alone(client, admin_client):
    post = make_base().sources.get().post
    said = {"severity": "warning", "code": "odd-line", "column": 1, "message": "This is odd.", "hint": ""}
    post.diagnostics = [{**said, "line": line} for line in (3, 5, 6)]
    post.save()
    shown = client.get(post.get_absolute_url())
    assert "3 remarks of the importer Line 3 : This is odd. odd-line Likewise in lines 5 , 6 ." in read_text(shown)
    assert '<details class="folded measure">' in shown.content.decode()
    assert '<details class="folded measure" open>' in admin_client.get(post.get_absolute_url()).content.decode()


def test_a_post_page_omits_lines_of_hidden_talks(client):
    talk = make_base()
    Talk.objects.filter(pk=talk.pk).update(hidden=True)
    text = read_text(client.get("/posts/takeaways-from-qcon-london-2017-day-2/"))
    assert "Notes that were taken down" in text
    assert [words for words in ("load balancers", "Deliver Docker", "whole story") if words in text] == []
    assert "Measure first" in text


def test_a_takeaway_links_to_its_line_in_the_post(client, monkeypatch):
    monkeypatch.setattr("talks.views.talks_and_posts.PASSAGES_A_PAGE", 3)
    talk = make_base()
    links = [link for link in read_links(client.get(talk.get_absolute_url())) if "line=" in link]
    post = "/posts/takeaways-from-qcon-london-2017-day-2/"
    assert links == [f"{post}?line={line}#L{line}" for line in (9, 10, 11, 12)]
    for link in links:
        response = client.get(link, follow=True)
        assert f'id="{link.partition("#")[2]}"' in response.content.decode(), link
    assert client.get(f"{post}?line=12").headers["Location"] == f"{post}?page=3"


@pytest.mark.parametrize("line", ["0", "-1", "x", "", "99999", "9" * 5000, "²"])
def test_a_link_to_a_missing_line_opens_the_first_page(client, line):
    make_base()
    response = client.get("/posts/takeaways-from-qcon-london-2017-day-2/", {"line": line})
    assert (response.status_code, response.context["page"].number) == (200, 1)


def test_talk_pages_link_to_original_addresses_of_their_posts(client):
    talk = make_base()
    post = talk.sources.get().post
    post.front_matter = {"canonical_url": "https://notes.example.org/day-2", "original": "https://example.org"}
    post.save()
    assert "original at notes.example.org" in read_text(client.get(talk.get_absolute_url()))
    assert "https://notes.example.org/day-2" in read_links(client.get(talk.get_absolute_url()))


@pytest.mark.parametrize("address", ["javascript:alert(1)", "/day-2/", ["https://example.org"], 3, None])
def test_original_addresses_must_be_web_addresses(address):
    assert Post(front_matter={"canonical_url": address}).original_url == ""


def test_pages_of_drafts_and_withdrawn_posts_are_404(client):
    draft = make.make_post("Draft", visibility="draft", key="d.md")
    gone = make.make_post("Gone", withdrawn=True, key="g.md")
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert client.get(gone.get_absolute_url()).status_code == 404
    staff = log_in_staff()
    assert "Draft" in read_text(staff.get(draft.get_absolute_url()))
    assert staff.get(gone.get_absolute_url()).status_code == 404


def make_echo(number):
    """Make a talk of another conference that mentions Docker, too."""
    post = make.make_post(day=make.make_day(make.make_conference("Echo", 2000 + number), 1))
    echo = make.make_talk(f"Echo {number}", post=post, speakers=["Lisa Guo"], tags=["Docker"])
    return make.make_takeaway(echo, f"Docker said *again* {number}", post=post, tags=["Docker"])


def test_a_talk_page_shows_related_takeaways_beside_its_own(client):
    talk = make_base()
    echo = make_echo(1)
    response = client.get(talk.get_absolute_url())
    assert (
        "Docker is not the whole story Mentions: Docker What 1 other talk says Docker said again 1 Lisa Guo , Echo 2001"
        in read_text(response)
    )
    assert echo.get_absolute_url() in read_links(response)
    assert "<details" not in client.get(echo.talk.get_absolute_url().replace("echo-1", "nothing")).content.decode()


def test_talk_pages_name_other_conferences_where_talks_were_given(client):
    make.make_talk("One and the same", speakers=["Lisa Guo"])
    edition = make.make_day(make.make_conference("Echo", 2010), 1)
    again = make.make_talk("One and the Same", edition, speakers=["Lisa Guo"])
    assert "Also given at QCon London 2017" in read_text(client.get(again.get_absolute_url()))


def test_each_reference_of_a_talk_is_listed_once_in_order(client):
    talk = make_base()
    for url in ("https://example.org/b", "https://example.org/a", "https://example.org/c", "https://example.org/b"):
        make.make_citation(talk, url)
    listed = client.get(talk.get_absolute_url()).context["references"]
    assert [reference.url[-1] for reference in listed][-3:] == ["b", "a", "c"]


@pytest.mark.slow
@pytest.mark.any_database
def test_talk_pages_need_five_queries_for_any_number_of_takeaways(client):
    talk = make_base()
    echo = make_echo(1)
    for tag in ("Podman", "Kafka"):  # the same other talk stands beside several takeaways
        make.make_takeaway(talk, f"{tag} here", post=talk.sources.get().post, tags=[tag])
        make.make_takeaway(echo.talk, f"{tag} there", post=echo.post, tags=[tag])
    few = count_queries(talk.get_absolute_url())
    for number in range(2, 15):
        make_echo(number)
        make.make_takeaway(talk, f"Once more {number}", post=talk.sources.get().post, tags=["Docker", f"T{number}"])
    assert (few, count_queries(talk.get_absolute_url())) == (5, 5)


def test_a_talk_page_shows_its_citation_in_four_formats(client):
    html = client.get(make_base().get_absolute_url()).content.decode()
    shown = [html.partition(f'id="cite-{form}">')[2].partition("</p")[0] for form in ("plain", "markdown", "bibtex")]
    assert all("Deliver Docker Container Continuously in AWS" in text for text in shown)
    csl = json.loads(unescape(html.partition('<pre id="cite-csl">')[2].partition("</pre>")[0]))
    assert csl["title"] == "Deliver Docker Container Continuously in AWS"
    assert csl["author"] == [{"literal": "Philipp Garbe"}]


def test_the_list_of_posts_marks_a_post_without_talks(client):
    make.make_post("Plans")
    assert "no talk noted" in read_text(client.get("/posts/"))


def test_a_post_of_several_days_names_them_all(client):
    post = make.make_post("Three days", day=make.make_day(number=1))
    post.days.add(make.make_day(number=2), make.make_day(number=4))
    for address in ("/", "/posts/"):
        assert "QCon London 2017 – Days 1–2, 4" in read_text(client.get(address))
        assert "/conferences/qcon-london-2017/" in read_links(client.get(address))
    assert "Posts · QCon London 2017 · Day 1 , Day 2 , Day 4" in read_text(client.get("/posts/three-days/"))


def test_posts_with_a_talk_without_day_name_no_day(client):
    post = make.make_post("A day and more", day=make.make_day(number=1))
    assert "QCon London 2017 – Day 1" in read_text(client.get("/posts/"))
    post.days.add(make.make_day(number=None))
    shown = read_text(client.get("/posts/"))
    assert ("QCon London 2017" in shown, "Day 1" in shown) == (True, False)
    assert "Day 1" not in read_text(client.get("/posts/a-day-and-more/"))


def test_notes_of_posts_with_equal_titles_can_be_distinguished(client):
    talk = make.make_talk("Keynote", post=make.make_post("Keynote"), takeaways=["One"])
    assert '<section class="notes" aria-labelledby="notes-1">' in client.get(talk.get_absolute_url()).content.decode()
    second = make.make_post("Keynote", day=talk.day)
    make.make_source(talk, second)
    make.make_takeaway(talk, "Two", post=second)
    page = client.get(talk.get_absolute_url()).content.decode()
    assert re.findall('<section class="notes" ([^>]*)>', page) == [
        'aria-label="Notes 1 of 2"',
        'aria-label="Notes 2 of 2"',
    ]


def test_filters_show_chosen_values_even_if_they_are_no_choices(client):
    make_base()
    page = client.get("/talks/?year=2003&series=nothing").content.decode()
    assert ('<option value="2003" selected>2003</option>' in page, page.count(" selected")) == (True, 2)
    assert client.get("/talks/?year=2017").content.decode().count('<option value="2017"') == 1


def test_staff_find_links_to_correct_readings_of_a_talks_posts(client):
    make_base()
    talk = Talk.objects.get(title="Scaling Instagram Architecture")
    [post] = Post.objects.filter(sources__talk=talk)
    line = Takeaway.objects.in_reading_order().filter(talk=talk).first().line
    assert "Mend how it is read" not in client.get(talk.get_absolute_url()).content.decode()
    page = log_in_staff().get(talk.get_absolute_url()).content.decode()
    assert f'href="/admin/talks/post/{post.pk}/reading/?line={line}#L{line}">Mend how it is read' in page
