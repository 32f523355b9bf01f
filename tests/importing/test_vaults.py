"""Posts in the forms of Obsidian, Logseq, Notion and Google Docs, from the file to the page."""

import base64
from pathlib import Path

import pytest

from talks.backup import check_base
from talks.importing import import_posts
from talks.models import Citation, Media, Post, Takeaway
from tests.importing.image_files import make_png

pytestmark = pytest.mark.django_db

POSTS = Path(__file__).parents[1] / "posts"


@pytest.fixture
def bring(tmp_path):
    (tmp_path / "confnotes.toml").touch()

    def bring(name: str, text: str) -> Post:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        import_posts([tmp_path])
        assert check_base() == []
        return Post.objects.get(key=name)

    return bring


def test_a_footnote_is_shown_with_its_takeaway(bring, client):
    post = bring("foot.md", (POSTS / "footnotes.md").read_text(encoding="utf-8"))
    takeaway = Takeaway.objects.get(line=4)
    assert takeaway.html == (
        'Water less (She measured this, see <a href="https://example.org/p" rel="nofollow noopener">paper</a>) '
        "than before"
    )
    assert [citation.reference.url for citation in Citation.objects.select_related("reference")] == [
        "https://example.org/p"
    ]
    assert [role for _, _, role in post.lines if role == "footnote"] == ["footnote", "footnote"]
    assert client.get(post.get_absolute_url()).status_code == 200


def test_marks_of_obsidian_in_notes_become_html_or_vanish(bring):
    bring("VaultConf 2023/callouts.md", (POSTS / "vault-callouts-links.md").read_text(encoding="utf-8"))
    shown = "\n".join(Takeaway.objects.order_by("position").values_list("html", flat=True))
    assert [mark for mark in ("[[", "]]", "==", "^abc", "[ ]", "[!summary]") if mark in shown] == []
    assert "<mark>important</mark>" in shown
    assert ">the other talk</a>" in shown


def test_images_anywhere_in_an_obsidian_vault_are_shown(bring, tmp_path):
    (tmp_path / "attachments" / "deep").mkdir(parents=True)
    for name in ("Pasted image 20240101.png", "a_b_c (1).png"):
        (tmp_path / "attachments" / "deep" / name).write_bytes(make_png())
    bring("images.md", (POSTS / "vault-embeds.md").read_text(encoding="utf-8"))
    shown = Takeaway.objects.filter(line__in=[4, 5]).order_by("line").values_list("html", flat=True)
    assert [html.count('src="/media/') for html in shown] == [1, 1]


def test_an_image_in_a_data_address_becomes_a_stored_file(bring, client):
    data = base64.b64encode(make_png()).decode()
    text = (
        f"# GdocConf 2021\n\n## Glass \\- Ann Lee\n\n* a\n\n![][image1]\n\n[image1]: <data:image/png;base64,{data}>\n"
    )
    post = bring("Trip report.md", text)
    assert [row.html.count('src="/media/') for row in Takeaway.objects.filter(kind="image")] == [1]
    assert Media.objects.get().location.read_bytes() == make_png()
    assert data not in client.get(post.get_absolute_url()).content.decode()
    assert [outcome.outcome for outcome in import_posts([post.path]).outcomes] == ["unchanged"]
