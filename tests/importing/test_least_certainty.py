"""The certainty that a candidate needs to be a talk: the site's setting, and hints that override it."""

import pytest

from talks.importing import import_posts
from talks.models import Talk

pytestmark = pytest.mark.django_db

POST = "---\ntitle: GardenConf 2019\n{front}---\n\n## How roses grow\n\n- red\n\n## Oaks in winter\n\n- old\n"


@pytest.fixture
def read(tmp_path):
    def count(front: str = "", folder: str = "") -> int:
        (tmp_path / "a.md").write_text(POST.format(front=front))
        if folder:
            (tmp_path / "confnotes.toml").write_text(folder)
        import_posts([tmp_path])
        return Talk.objects.filter(withdrawn=False).count()

    return count


def test_unchanged_posts_are_parsed_again_after_least_certainty_changed(read, settings):
    assert read() == 2
    settings.LEAST_CERTAINTY = 1.0
    assert read() == 0
    settings.LEAST_CERTAINTY = 0.5
    assert read() == 2


def test_hints_override_the_setting_of_least_certainty(read, settings):
    settings.LEAST_CERTAINTY = 1.0
    assert read(front="confnotes:\n  least_certainty: 0.5\n") == 2
    assert read(folder="least_certainty = 0.5\n") == 2


def test_the_hint_holds_talks_lowers_the_certainty_that_talks_need(read, settings):
    settings.LEAST_CERTAINTY = 1.0
    assert read(front="confnotes:\n  holds_talks: true\n") == 2
