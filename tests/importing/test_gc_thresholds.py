"""How often Python's garbage collector runs during an import."""

import gc

from talks.importing import collect_garbage_seldom


def test_garbage_is_collected_as_often_after_an_import_as_before():
    before = gc.get_threshold()
    with collect_garbage_seldom():
        assert gc.get_threshold() != before
    assert (gc.get_threshold(), gc.get_freeze_count()) == (before, 0)


def test_the_garbage_collector_ignores_objects_left_by_the_last_import():
    before = gc.get_threshold()
    with collect_garbage_seldom(to_the_end=True):
        made = [[] for _ in range(5_000)]
    frozen = gc.get_freeze_count()
    gc.unfreeze()
    assert frozen > len(made)
    assert gc.get_threshold() == before
