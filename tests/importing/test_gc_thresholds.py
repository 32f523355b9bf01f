"""How often Python's garbage collector runs during an import."""

import gc

from talks.importing import collect_garbage_seldom


def test_garbage_is_collected_as_often_after_an_import_as_before():
    before = gc.get_threshold()
    with collect_garbage_seldom():
        assert gc.get_threshold() != before
    assert (gc.get_threshold(), gc.get_freeze_count()) == (before, 0)
