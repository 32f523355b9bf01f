"""One of the stories of `make stories`, on the test run's database."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_random_edits_imports_and_commands_lose_nothing():
    root = Path(__file__).resolve().parent.parent
    command = [sys.executable, "-m", "tests.stories", "1", "3", "5"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, timeout=1800)
    assert (done.stdout, done.stderr) == ("1 stories, 0 went wrong: []\n", "")
