"""New posts take the database as much work in a large base as in a small one."""

import pytest
from django.db import connection

from talks.importing import Content, import_posts
from talks.importing.batch import BatchWriter

pytestmark = pytest.mark.django_db


def write(number):
    lines = [f"---\ntitle: Testing Days {1975 + number}\nauthor: Ann Writer\ntags: [Docker]\n---"]
    for talk in ("Gardens", "Ponds", "Hedges", "Trees", "Moss", "Ferns"):
        link = f"[slides](https://example.org/{talk.lower()})"
        lines.append(
            f"## {talk} and Docker {number} with Ada Brown\n* Docker grows ({link})\n* See [here](https://example.org)"
        )
    return Content(f"{number}.md", "\n".join(lines).encode())


@pytest.mark.slow
@pytest.mark.sqlite
def test_ten_posts_take_databases_no_more_steps_in_larger_bases(monkeypatch):
    steps = 0

    def count():
        nonlocal steps
        steps += 1

    def take(*args):
        connection.connection.set_progress_handler(count, 10)
        try:
            return real(*args)
        finally:
            connection.connection.set_progress_handler(None, 0)

    def measure(first):
        nonlocal steps
        steps = 0
        report = import_posts([write(number) for number in range(first, first + 10)])
        assert {post.outcome for post in report.outcomes} == {"created"}
        return steps

    real = BatchWriter.write_batch
    monkeypatch.setattr(BatchWriter, "write_batch", take)
    import_posts([write(number) for number in range(2)])
    few = measure(2)
    import_posts([write(number) for number in range(12, 60)])

    assert measure(60) < 1.01 * few
