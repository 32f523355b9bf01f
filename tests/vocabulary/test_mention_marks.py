import pytest

from talks.vocabulary import BaseTag, Context, Marker, compile_vocabulary, mark_mentions
from talks.vocabulary.mentions_in_text import build_vocabulary


def make_marker(*names, aliases=()):
    base_tags = [BaseTag(name.casefold(), name, tuple(aliases)) for name in names]
    return Marker(build_vocabulary(base_tags), frozenset(tag.key for tag in base_tags))


@pytest.mark.parametrize(
    ("html", "name", "marked"),
    [
        ("<p>Use Go, then go</p>", "Go", "<p>Use <mark>Go</mark>, then go</p>"),
        ("<p>Use kubernetes</p>", "Kubernetes", "<p>Use <mark>kubernetes</mark></p>"),
        ("<p>K8s and k8s</p>", "Kubernetes", "<p><mark>K8s</mark> and <mark>k8s</mark></p>"),
        ("<p>Event-sourcing</p>", "Event Sourcing", "<p><mark>Event-sourcing</mark></p>"),
        ("<p>Many monads</p>", "Monad", "<p>Many <mark>monads</mark></p>"),
        ("<p>All the policies</p>", "Policy", "<p>All the <mark>policies</mark></p>"),
        ("<p>A policy, or policies</p>", "Policies", "<p>A <mark>policy</mark>, or <mark>policies</mark></p>"),
        ("<p>Many crashes</p>", "Crash", "<p>Many <mark>crashes</mark></p>"),
        ("<p>C++, C# and C</p>", "C", "<p>C++, C# and <mark>C</mark></p>"),
        ("<p>C++, C# and C</p>", "C++", "<p><mark>C++</mark>, C# and C</p>"),
        ("<p>R&amp;D in the lab</p>", "R&D", "<p><mark>R&amp;D</mark> in the lab</p>"),
        ("<p>Dockers &amp; dock</p>", "amp", "<p>Dockers &amp; dock</p>"),
        ('<a href="/docker" title="docker">x</a>', "Docker", '<a href="/docker" title="docker">x</a>'),
        ('<a title="a > docker">docker</a>', "Docker", '<a title="a > docker"><mark>docker</mark></a>'),
        ("<p>dockerise</p>", "Docker", "<p>dockerise</p>"),
        ("<p>SQL Server</p>", "SQL", "<p>SQL Server</p>"),
        ("<p>SQL Server</p>", "SQL Server", "<p><mark>SQL Server</mark></p>"),
        ("<p>Über .NET</p>", ".NET", "<p>Über <mark>.NET</mark></p>"),
        (
            "<p>The cafés of caf&eacute; owners</p>",
            "Café",
            "<p>The <mark>cafés</mark> of <mark>caf&eacute;</mark> owners</p>",
        ),
        ("<p>½ ﬁne Docker</p>", "Docker", "<p>½ ﬁne <mark>Docker</mark></p>"),
        ("<p><em>Sour</em> dough</p>", "Sour Dough", "<p><em><mark>Sour</mark></em><mark> dough</mark></p>"),
        ("<p>Sour</p><p>dough</p>", "Sourdough", "<p>Sour</p><p>dough</p>"),
        ("<p>1 < 2 docker</p>", "Docker", "<p>1 < 2 <mark>docker</mark></p>"),
        ("<p>\u1100\u1161 Docker</p>", "Docker", "<p>\u1100\u1161 Docker</p>"),
        ("<p>Nothing</p>", "Docker", "<p>Nothing</p>"),
        ("", "Docker", ""),
    ],
)
def test_mentions_of_tags_are_marked_in_html(html, name, marked):
    assert mark_mentions(html, make_marker(name)) == marked


def test_aliases_from_the_base_are_marked():
    marker = make_marker("Baking", aliases=["sour dough", "ovens"])
    assert mark_mentions("<p>Sour doughs in an oven</p>", marker) == (
        "<p><mark>Sour doughs</mark> in an <mark>oven</mark></p>"
    )


def test_html_is_unchanged_without_tags_to_mark():
    assert mark_mentions("<p>Docker</p>", make_marker()) == "<p>Docker</p>"


@pytest.mark.parametrize(
    "text", ["policies", "Policy", "policing", "Docker's", "dockers", "K8S", "re-use", "APIs", "API"]
)
@pytest.mark.parametrize("name", ["Policy", "Docker", "Kubernetes", "API", "Reuse"])
def test_marks_are_exactly_the_mentions_that_the_matcher_finds(text, name):
    key = name.casefold()
    vocabulary = compile_vocabulary((BaseTag(key, name),))
    found = key in vocabulary.resolve(vocabulary.read(text), Context(post_tags=frozenset({key})))
    assert ("<mark>" in mark_mentions(text, make_marker(name))) is found
