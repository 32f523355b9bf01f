"""`manage.py check_base`."""

import pytest
from django.core.management import call_command

from talks.models import Takeaway
from tests.builders import make_post, make_talk

pytestmark = pytest.mark.django_db


def test_a_sound_base_exits_with_0(capsys):
    make_talk("A Talk", post=make_post(), takeaways=["One"])
    call_command("check_base")
    assert capsys.readouterr().out == "The base is sound.\n"


def test_a_base_with_faults_exits_with_1(capsys):
    make_talk("A Talk", post=make_post(), takeaways=["One"])
    takeaway = Takeaway.objects.get()
    Takeaway.objects.update(html="x")
    with pytest.raises(SystemExit) as stopped:
        call_command("check_base")
    assert stopped.value.code == 1
    assert capsys.readouterr().out == f"The HTML of the takeaway {takeaway.public_id} is not that of its text.\n"
