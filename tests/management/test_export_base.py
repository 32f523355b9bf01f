"""`manage.py export_base`."""

import io
import sys

import pytest
from django.core.management import CommandError, call_command

from talks.backup import export_base
from tests.builders import make_post, make_series, make_talk

pytestmark = pytest.mark.django_db


def test_export_base_prints_the_export(capsys):
    make_talk("Café", post=make_post(), takeaways=["日本"])
    call_command("export_base")
    assert capsys.readouterr().out == "".join(export_base(counted=True))


def test_exported_bytes_do_not_depend_on_the_terminals_encoding(monkeypatch):
    make_series("Café")
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii", newline="\r\n"))
    call_command("export_base")
    assert (
        raw.getvalue()
        == '{"type":"export","lines":1}\n{"type":"series","aliases":[],"name":"Café","slug":"cafe"}\n'.encode()
    )


def test_export_base_writes_a_file(tmp_path):
    make_talk("Café", post=make_post(), takeaways=["日本"])
    output = tmp_path / "base.jsonl"
    output.write_text("old")
    call_command("export_base", "--output", str(output))
    assert output.read_bytes() == "".join(export_base(counted=True)).encode()
    assert list(tmp_path.iterdir()) == [output]


def test_a_failed_export_leaves_the_old_file(tmp_path, monkeypatch):
    def fail(*, counted):
        yield "half\n"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("talks.backup.export_base", fail)
    output = tmp_path / "base.jsonl"
    output.write_text("old")
    with pytest.raises(CommandError) as error:
        call_command("export_base", "--output", str(output))
    assert str(error.value) == f"{output} could not be written: No space left on device."
    assert output.read_text() == "old"
    assert list(tmp_path.iterdir()) == [output]


def test_a_missing_output_folder_is_an_error(tmp_path):
    with pytest.raises(CommandError) as error:
        call_command("export_base", "--output", str(tmp_path / "no" / "base.jsonl"))
    assert str(error.value) == f"{tmp_path / 'no' / 'base.jsonl'} could not be written: No such file or directory."
