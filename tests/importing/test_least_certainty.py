"""The site's bar for what is certain enough to be a talk, and who may set another."""

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


def test_a_changed_setting_reads_the_posts_again(read, settings):
    assert read() == 2
    settings.LEAST_CERTAINTY = 1.0
    assert read() == 0
    settings.LEAST_CERTAINTY = 0.5
    assert read() == 2


def test_hints_go_over_the_setting(read, settings):
    settings.LEAST_CERTAINTY = 1.0
    assert read(front="confnotes:\n  least_certainty: 0.5\n") == 2
    assert read(folder="least_certainty = 0.5\n") == 2


def test_a_post_that_holds_talks_has_a_lower_bar(read, settings):
    settings.LEAST_CERTAINTY = 1.0
    assert read(front="confnotes:\n  holds_talks: true\n") == 2
