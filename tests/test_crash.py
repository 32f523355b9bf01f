"""A few of the disturbances that `make crash` makes many of, on the database of the run."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db

PROGRAM = """
import json, random, sys
from tests import crash

with crash.open_site() as site:
    fell = crash.kill_imports(site, 3, random.Random(1))
    crash.collide(site)
    print(json.dumps([sum(fell.values()), *(crash.refuse_writes(site, each) for each in sys.argv[1:])]))
"""
# What makes a connection write no more, and the reason that its database gives. No setting fills PostgreSQL's disk.
REFUSALS = {
    "sqlite": {
        "PRAGMA max_page_count=1": "database or disk is full",
        "PRAGMA query_only=ON": "attempt to write a readonly database",
    },
    "postgresql": {"SET default_transaction_read_only=on": "cannot execute INSERT in a read-only transaction"},
}


def test_killed_colliding_and_refused_imports_leave_the_base_whole():
    refusals = REFUSALS[connection.vendor]
    command = [sys.executable, "-c", PROGRAM, *refusals]
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, timeout=300)
    assert done.stderr == ""
    count, *said = json.loads(done.stdout)
    assert count == 3
    assert said == [
        f"The database does not take it: {reason}. What was imported before is kept." for reason in refusals.values()
    ]
