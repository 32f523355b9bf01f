"""Some of the kills and collisions of `make crash`, on the test run's database."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db

PROGRAM = """
import json, random
from django.db import connection
from tests.crash.killing import kill_often
from tests.crash.sites import open_site
from tests.crash.works import REFUSALS, collide, prepare, refuse_writes

with open_site() as site:
    works = prepare(site)
    fell = [sum(kill_often(site, work, kills, random.Random(1)).states) for work, kills in zip(works, [3, 3, 1])]
    collide(site, works[0])
    print(json.dumps([fell, [refuse_writes(site, works[0], refusal) for refusal in REFUSALS[connection.vendor]]]))
"""
REASONS = {
    "sqlite": ["database or disk is full", "attempt to write a readonly database"],
    "postgresql": [
        *["could not extend file: No space left on device"] * 2,
        "cannot execute INSERT in a read-only transaction",
    ],
}


@pytest.mark.slow
def test_interrupted_and_refused_imports_leave_the_base_sound():
    root = Path(__file__).resolve().parent.parent
    command = [sys.executable, "-c", PROGRAM]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, timeout=1800)
    assert done.stderr == ""
    fell, said = json.loads(done.stdout)
    assert fell == [3, 3, 1]
    assert said == [
        f"1: The database does not take it: {reason}. What was imported before is kept."
        for reason in REASONS[connection.vendor]
    ]
