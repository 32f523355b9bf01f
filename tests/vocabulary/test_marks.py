import pytest

from talks.vocabulary import mark_mentions


@pytest.mark.parametrize(
    ("html", "spellings", "marked"),
    [
        ("<p>Use Go, then go</p>", ["Go"], "<p>Use <mark>Go</mark>, then go</p>"),
        ("<p>Use kubernetes</p>", ["Kubernetes", "k8s"], "<p>Use <mark>kubernetes</mark></p>"),
        ("<p>K8s and k8s</p>", ["Kubernetes", "k8s"], "<p>K8s and <mark>k8s</mark></p>"),
        ("<p>Event-sourcing</p>", ["event sourcing"], "<p><mark>Event-sourcing</mark></p>"),
        ("<p>Many monads</p>", ["monad"], "<p>Many <mark>monads</mark></p>"),
        ("<p>C++, C# and C</p>", ["C"], "<p>C++, C# and <mark>C</mark></p>"),
        ("<p>C++, C# and C</p>", ["C++"], "<p><mark>C++</mark>, C# and C</p>"),
        ("<p>R&amp;D in R</p>", ["R&D"], "<p><mark>R&amp;D</mark> in R</p>"),
        ("<p>Dockers &amp; dock</p>", ["amp"], "<p>Dockers &amp; dock</p>"),
        ('<a href="/docker" title="docker">x</a>', ["docker"], '<a href="/docker" title="docker">x</a>'),
        ('<a title="a > docker">docker</a>', ["docker"], '<a title="a > docker"><mark>docker</mark></a>'),
        ("<p>dockerise</p>", ["docker"], "<p>dockerise</p>"),
        ("<p>SQL</p>", ["SQL", "SQL Server"], "<p><mark>SQL</mark></p>"),
        ("<p>SQL Server</p>", ["SQL", "SQL Server"], "<p><mark>SQL Server</mark></p>"),
        ("<p>Über .NET</p>", [".NET"], "<p>Über <mark>.NET</mark></p>"),
        ("<p>Nothing</p>", [], "<p>Nothing</p>"),
        ("<p>Nothing</p>", ["", " "], "<p>Nothing</p>"),
    ],
)
def test_mentions_are_marked(html, spellings, marked):
    assert mark_mentions(html, spellings) == marked
