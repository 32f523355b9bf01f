"""How often Python looks for garbage while many posts are imported."""

import gc

_NEW_OBJECTS, _YOUNG, _OLD = 100_000, 50, 100


def collect_seldom() -> None:
    """Make this process look for circles of unused objects less often: an import makes few, and looking takes a fifth.

    What there is by now, modules above all, is not looked at any more.
    """
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, _YOUNG, _OLD)
