"""`manage.py` itself."""

import gc

import manage


def test_ending_commands_skip_the_last_garbage_collection(monkeypatch):
    monkeypatch.setattr(manage, "execute_from_command_line", lambda argv: None)
    try:
        manage.main()
        assert gc.get_freeze_count()
    finally:
        gc.unfreeze()
