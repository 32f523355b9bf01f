"""Several corrections of one line are taken back and hold again, in any order: addresses and permalinks stay."""

import pytest

from talks.backup import check_base
from talks.editing import add_corrections, make_version, switch_correction
from talks.models import Post, Takeaway, Talk
from talks.parsing import Act, Correction, make_anchor, read_anchor_lines
from tests.editing.test_corrections import bring_in

pytestmark = pytest.mark.django_db
LINE = (
    "In the afternoon there was Alpha Systems by Cy Dow; Beta Queues by Di Eve; Gamma Logs by Ed Fox in a small room."
)
TEXT = f"""---
title: Notes from Acme Conf 2019
---

## First Things by Ann Lee

* One about databases

{LINE}

* Two about queues

## Second Things by Ben Roe

* Four about clocks
"""


def tell_rows():
    """Return the talks by their addresses, and the takeaways by their permalinks with talk and text."""
    talks = Talk.objects.filter(withdrawn=False).select_related("conference")
    notes = Takeaway.objects.filter(withdrawn=False).values_list("public_id", "talk", "text")
    return {talk.get_absolute_url(): (talk.pk, talk.title) for talk in talks}, {each[0]: each[1:] for each in notes}


@pytest.fixture
def rows():
    bring_in(TEXT)
    lines = read_anchor_lines(TEXT)
    anchor = make_anchor(lines, lines.index(LINE) + 1)
    made = []
    for words in ("Alpha Systems", "Beta Queues", "Gamma Logs"):
        post = Post.objects.get()
        version = make_version(post)
        made += add_corrections(post, [Correction(Act.TALK, anchor, within=words)], made_by="ann", version=version)
    return made


def switch(rows, order, *, active):
    for place in order:
        rows[place].refresh_from_db()
        switch_correction(rows[place], active=active, version=make_version(Post.objects.get()))


@pytest.mark.slow
@pytest.mark.parametrize(("back", "again"), [((2, 1, 0), (1, 0, 2)), ((1, 2, 0), (0, 1, 2)), ((0, 2, 1), (2, 0, 1))])
def test_addresses_return_when_switched_off_corrections_are_on_again(rows, client, back, again):
    """Addresses of talks and takeaways."""
    before = tell_rows()
    pages = [*before[0], *(f"/t/{permalink}/" for permalink in before[1])]
    assert len(before[0]) == 5
    switch(rows, back, active=False)
    assert [talk for _, talk in tell_rows()[0].values()] == ["First Things", "Second Things"]
    assert {page: status for page in pages if (status := client.get(page).status_code) not in {200, 301, 302}} == {}
    switch(rows, again, active=True)
    assert tell_rows() == before
    assert check_base() == []


def test_addresses_of_talks_uncorrected_within_lines_redirect_to_surrounding_talks(rows, client):
    address = Talk.objects.get(title="Beta Queues by Di Eve").get_absolute_url()
    switch(rows, (0, 1, 2), active=False)
    assert client.get(address).headers["Location"] == Talk.objects.get(title="First Things").get_absolute_url()


def test_talks_whose_correction_is_on_again_keep_their_addresses(rows):
    address = Talk.objects.get(title="Alpha Systems by Cy Dow").get_absolute_url()
    switch(rows, (0, 1, 2), active=False)
    switch(rows, (0,), active=True)
    assert address in tell_rows()[0]
