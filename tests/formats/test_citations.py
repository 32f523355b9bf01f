import pytest
from django.conf import settings

from talks.formats import make_citation
from talks.models import Talk
from tests import builders as make
from tests.views.rows import make_base

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def load(talk):
    return Talk.objects.with_cards().get(pk=talk.pk)


def test_a_talk_is_cited_with_speaker_event_and_note_taker():
    talk = load(make_base())
    url = settings.SITE_URL + talk.get_absolute_url()
    title = "Deliver Docker Container Continuously in AWS"
    assert make_citation(talk, ["Toby Notemaker", "Toby Notemaker"]) == {
        "plain": f"Philipp Garbe: “{title}”. Talk at QCon London 2017. Notes by Toby Notemaker. {url}",
        "markdown": f"Philipp Garbe: [{title}]({url}). Talk at QCon London 2017. Notes by Toby Notemaker.",
        "bibtex": "@misc{garbe-qcon-london-2017-deliver-docker-container-continuously-in-aws,\n"
        "  author = {{Philipp Garbe}},\n"
        f"  title = {{{{{title}}}}},\n"
        "  year = {2017},\n"
        "  howpublished = {Talk at QCon London 2017},\n"
        "  note = {Notes by Toby Notemaker.},\n"
        f"  url = {{{url}}}\n}}",
        "csl": {
            "id": "garbe-qcon-london-2017-deliver-docker-container-continuously-in-aws",
            "type": "speech",
            "title": title,
            "author": [{"literal": "Philipp Garbe"}],
            "event-title": "QCon London 2017",
            "issued": {"date-parts": [[2017]]},
            "note": "Notes by Toby Notemaker.",
            "URL": url,
        },
    }


def test_tex_and_markdown_signs_in_citations_are_escaped():
    post = make.make_post("Post", day=make.make_day(number=1))
    talk = make.make_talk("100% *C#* \\input{x} [a]", post=post)
    citation = make_citation(load(talk), [])
    assert r"title = {{100\% *C\#* \textbackslash{}input\{x\} [a]}}" in citation["bibtex"]
    assert citation["markdown"].startswith(r"[100% \*C#\* \\input{x} \[a\]](")


def test_a_takeaway_is_cited_by_its_permalink():
    talk = load(make_base())
    takeaway = talk.takeaways.earliest("pk")
    citation = make_citation(talk, ["Toby Notemaker"], takeaway)
    assert citation["csl"]["URL"] == settings.SITE_URL + takeaway.get_absolute_url()
    assert citation["csl"]["id"] == f"garbe-qcon-london-2017-{takeaway.public_id}"


def test_keys_of_citations_differ_between_events_and_scripts():
    days = [make.make_day(make.make_conference("MossFest", year), None) for year in (2018, 2019)]
    talks = [make.make_talk("苔", day, speakers=["Ann Lindström"]) for day in days]
    talks.append(make.make_talk("森", days[0], speakers=["Ann Lindström"]))
    keys = [make_citation(load(talk), [])["csl"]["id"] for talk in talks]
    assert len(set(keys)) == 3
    assert [key.rpartition("-")[0] for key in keys] == [f"lindstrom-mossfest-{year}" for year in (2018, 2019, 2018)]
