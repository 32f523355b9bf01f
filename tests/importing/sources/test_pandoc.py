"""Files in other formats are converted by pandoc, sandboxed and limited, and are never written back."""

import pytest

from talks.editing import add_corrections, make_reading_url, make_version
from talks.importing import import_posts
from talks.importing.sources import find_sources, pandoc, read_markdown
from talks.models import Post, Takeaway, Talk
from talks.parsing import Act, Correction, Diagnostic, make_anchor, read_anchor_lines
from talks.write_back import write_back
from tests.admin.rows import log_in

pytestmark = pytest.mark.skipif(pandoc.find_pandoc() is None, reason="pandoc is not installed")

RST = """\
GardenConf 2019
===============

Moss - Ann Lee
--------------

* It is green
* It is soft

Oaks - Bob Roy
--------------

* old
"""
TEXTS = {
    "a.rst": RST,
    "b.org": "* GardenConf 2019\n** Stones - Ann Lee\n- It is hard\n",
    "c.html": "<h1>GardenConf 2019</h1><h2>Trees - Eve Fox</h2><ul><li>It is tall</li></ul>"
    "<h2>Herbs - Una Verde</h2><ul><li>It is low</li></ul>",
    "d.ipynb": '{"cells": [{"cell_type": "markdown", "metadata": {}, "source": ["# GardenConf 2019\\n", "## Roses - Bob Roy\\n", "* red\\n"]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 2}',  # noqa: E501
}


@pytest.mark.django_db
def test_converted_files_are_imported_once_and_then_unchanged(tmp_path, monkeypatch):
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text)
    report = import_posts([tmp_path])
    assert [(post.outcome, post.told.talks) for post in report.outcomes] == [
        ("created", 2), ("created", 1), ("created", 2), ("created", 1),
    ]  # fmt: skip
    assert Post.objects.get(key="a.rst").source.startswith("# GardenConf 2019")
    assert [said["code"] for said in report.outcomes[0].diagnostics if said["code"] == "converted"] == ["converted"]
    monkeypatch.setattr(pandoc, "convert", None)
    monkeypatch.setattr("talks.importing.sources.texts.convert", None)
    assert {post.outcome for post in import_posts([tmp_path]).outcomes} == {"unchanged"}


def convert_org(above):
    return pandoc.convert(f"{above}\n* Stones\n- It is hard\n".encode(), "org").partition("# Stones")[0]


def test_title_writer_and_date_of_org_become_front_matter():
    above = "#+TITLE: GardenConf 2019: *Day* [2]\n#+AUTHOR: Ann Lee\n#+DATE: <2019-05-06 Mon>\n#+OPTIONS: toc:t\n"
    said = 'author: Ann Lee\ndate: 2019-05-06 Mon\ntitle: "GardenConf 2019: Day [2]"\n'
    assert convert_org(above) == f"---\n{said}---\n\n"


@pytest.mark.parametrize("above", ["", "#+TITLE:\n#+DATE:\n", "#+STARTUP: overview\n# a remark\n"])
def test_org_that_names_no_title_gets_no_front_matter(above):
    assert convert_org(above) == ""


def test_tasks_priorities_and_tags_leave_headings_of_org():
    heading = "* TODO [#A] Stones /in/ May [2] :moss:green:\n* DONE Reeds\n"
    text = pandoc.convert(heading.encode(), "org")
    assert text.split("\n\n") == ["# Stones *in* May \\[2\\]", "# Reeds\n"]


@pytest.mark.django_db
def test_org_belongs_to_the_conference_of_its_title(tmp_path):
    (tmp_path / "first.org").write_text(
        "#+TITLE: GardenConf 2019, Day 2\n#+DATE: [2019-05-06 Mon]\n" + TEXTS["b.org"][18:]
    )
    import_posts([tmp_path])
    post = Post.objects.get()
    assert (post.title, str(post.conference)) == ("GardenConf 2019, Day 2", "GardenConf 2019")
    assert str(post.published_on) == "2019-05-06"


@pytest.mark.django_db
def test_remarks_of_pandoc_conversion_stay_on_desks_after_corrections(tmp_path):
    (tmp_path / "a.rst").write_text(RST)
    import_posts([tmp_path])
    post = Post.objects.get()
    lines = read_anchor_lines(post.source)
    said = Correction(Act.DETAILS, anchor := make_anchor(lines, 1 + lines.index("## Moss - Ann Lee")), anchor, "Mosses")
    add_corrections(post, [said], made_by="ann", version=make_version(post))
    post.refresh_from_db()
    assert [said["code"] for said in post.diagnostics if said["code"] == "converted"] == ["converted"]
    html = log_in(superuser=True).get(make_reading_url(post.pk, 1)).content.decode()
    assert html.count("This .rst was read through pandoc; lines are those of the Markdown that came out.") == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "front",
    [
        "---\nlayout: post\ntitle: GardenConf 2019\nauthor: Una Verde\nblogger_id: tag:example.org,1999:blog-1\n---\n",
        '+++\ntitle = "GardenConf 2019"\nauthor = "Una Verde"\nid_there = "tag:example.org,1999"\n+++\n',
    ],
)
def test_front_matter_above_html_pages_is_read_unconverted(tmp_path, front):
    (tmp_path / "2019-05-02-gardens.html").write_text(f"{front}{TEXTS['c.html']}")
    import_posts([tmp_path])
    post = Post.objects.get()
    assert (post.title, post.writer.name, post.source.splitlines()[: front.count("\n")]) == (
        "GardenConf 2019", "Una Verde", front.splitlines(),
    )  # fmt: skip
    assert [str(talk.day.conference) for talk in Talk.objects.all()] == ["GardenConf 2019"] * 2
    assert "no-front-matter" not in {said["code"] for said in post.diagnostics}
    assert {outcome.outcome for outcome in import_posts([tmp_path]).outcomes} == {"unchanged"}


def test_a_rule_beginning_a_restructured_text_is_no_front_matter():
    text = read_markdown("a.rst", "---\nOak\n---\n\nIt is green.\n")
    assert text == "# Oak\n\nIt is green.\n"


def test_indented_lists_are_no_quotations_in_restructured_text():
    text = pandoc.convert(b"* Moss\n\n    * green\n    * soft\n\nSoil\n\n * wet\n\n    said by Ann Lee\n", "rst")
    assert ("  - green\n  - soft" in text, "> -" in text, "> said by Ann Lee" in text) == (True, False, True)


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("Moss is<br>green.<br /><br />It is soft.<br>", "Moss is\\\ngreen.\n\nIt is soft.\n"),
        ("<p>Moss<br>&nbsp;<br><span>Oaks<br><br>Ferns</span></p>", "Moss\n\nOaks\n\nFerns\n"),
        ("<ul><li>Moss<br><br>is green</li><li>Oaks</li></ul>", "- Moss\n\n  is green\n\n- Oaks\n"),
        ("<pre>a<br><br>b</pre>", "    a\n\n    b\n"),
        ("<b>Moss</b><br>&nbsp;is&nbsp;green", "**Moss**\\\n\u00a0is\u00a0green\n"),
        ("<br><br>", "\n"),
    ],
)
def test_two_line_breaks_part_paragraphs_of_html(page, text):
    assert pandoc.convert(page.encode(), "html") == text


@pytest.mark.parametrize(
    ("form", "page", "text"),
    [
        (
            "html",
            "<table><tr><th>A</th><th>B</th></tr><tr><td>wet<br>moss</td><td><p>old</p><p>oak</p></td></tr></table>",
            "| A        | B       |\n|----------|---------|\n| wet moss | old oak |\n",
        ),
        (
            "html",
            "<table><tr><td><h2>Moss</h2><ul><li>green</ul></td><td>by<table><tr><td>Ann<br>Lee</td></tr></table></td></tr></table>",
            "## Moss\n\n- green\n\nby\n\n|         |\n|---------|\n| Ann Lee |\n",
        ),
        ("html", "<table><thead><tr><th><ul><li>green</li></ul></th></tr></thead></table>", "- green\n"),
        (
            "rst",
            "+---+-----+\n| A | B   |\n+===+=====+\n| 1 | two |\n|   |     |\n|   | x   |\n+---+-----+\n",
            "| A   | B     |\n|-----|-------|\n| 1   | two x |\n",
        ),
    ],
)
def test_no_words_of_tables_are_lost(form, page, text):
    assert pandoc.convert(page.encode(), form) == text


@pytest.mark.django_db
def test_converted_files_are_not_written_back(tmp_path):
    (tmp_path / "a.rst").write_text(RST)
    import_posts([tmp_path])
    Takeaway.objects.filter(text="It is green").update(text="It is grey")
    (outcome,) = write_back().outcomes
    assert outcome.fault == "It was read through pandoc, which cannot write back into this format."
    assert (tmp_path / "a.rst").read_text() == RST


def test_html_files_that_are_site_pages_are_not_found(tmp_path):
    (tmp_path / "index.html").write_text("<ul><li>a</li></ul>")
    (tmp_path / "page.html").write_text("<nav>Home</nav><ul><li>a</li></ul>")
    (tmp_path / "layout.html").write_text("<p>{{ content }}</p>")
    assert find_sources([tmp_path]) == []


def test_pandoc_cannot_include_other_files(tmp_path):
    (tmp_path / "secret.txt").write_text("secret")
    text = pandoc.convert(f".. include:: {tmp_path}/secret.txt\n".encode(), "rst")
    assert isinstance(text, Diagnostic) or "secret\n" not in text


def test_conversions_that_take_too_long_are_refused(monkeypatch):
    monkeypatch.setattr(pandoc, "MOST_SECONDS", 0.001)
    assert pandoc.convert(RST.encode() * 100, "rst").code == "not-converted"


def test_conversions_that_grow_too_long_are_refused(monkeypatch):
    monkeypatch.setattr(pandoc, "MOST_TIMES_LONGER", 0)
    monkeypatch.setattr(pandoc, "_SHORT", 5)
    assert pandoc.convert(RST.encode(), "rst").code == "not-converted"


def test_files_that_pandoc_cannot_read_are_refused():
    assert pandoc.convert(b"no notebook", "ipynb").code == "not-converted"


def test_without_pandoc_files_in_other_formats_are_passed_over(tmp_path, monkeypatch):
    monkeypatch.setattr("talks.importing.sources.file_endings.find_pandoc", lambda: None)
    monkeypatch.setattr(pandoc, "find_pandoc", lambda: None)
    (tmp_path / "a.rst").write_text(RST)
    assert find_sources([tmp_path]) == []
    assert pandoc.convert(RST.encode(), "rst").code == "pandoc-missing"
