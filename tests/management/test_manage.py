"""`manage.py` itself."""

import gc

import manage


def test_a_command_ends_without_a_last_garbage_collection(monkeypatch):
    monkeypatch.setattr(manage, "execute_from_command_line", lambda argv: None)
    try:
        manage.main()
        assert gc.get_freeze_count()
    finally:
        gc.unfreeze()
