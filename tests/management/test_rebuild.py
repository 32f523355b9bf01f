"""`manage.py rebuild`."""

import pytest
from django.core.management import call_command

from tests.builders import make_talk

pytestmark = pytest.mark.django_db


def test_it_says_what_it_changed(capsys):
    make_talk("First", takeaways=["Docker", "Rust"])
    call_command("rebuild")
    assert (
        capsys.readouterr().out
        == "talks with other mentions: 1\ntalks listed or counted elsewhere: 1\ntalks found by other words: 1\n"
    )
    call_command("rebuild")
    assert capsys.readouterr().out == "Everything was as it should be.\n"
