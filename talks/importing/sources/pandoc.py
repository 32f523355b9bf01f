"""Converts texts in other formats to Markdown with pandoc, if it is installed: sandboxed, with a time limit."""

import importlib.util
import shutil
import subprocess
from functools import cache
from pathlib import Path

from talks.parsing import Diagnostic, Severity

FORMATS = {"rst": "rst", "org": "org", "html": "html", "ipynb": "ipynb"}
"""Pandoc's names of the formats, by the endings of files."""

MOST_SECONDS = 10
_HEAP = "512m"
MOST_TIMES_LONGER, _SHORT = 10, 10_000


@cache
def find_pandoc() -> str | None:
    """Return the path of pandoc: on the PATH, else in the package `pypandoc_binary`."""
    if found := shutil.which("pandoc"):
        return found
    spec = importlib.util.find_spec("pypandoc")
    bundled = Path(spec.origin).parent / "files" / "pandoc" if spec and spec.origin else None
    return str(bundled) if bundled and bundled.is_file() else None


def convert(data: bytes, form: str) -> str | Diagnostic:
    """Return the text as Markdown, or a diagnostic. Pandoc reads no other file, and fetches nothing."""
    pandoc = find_pandoc()
    if pandoc is None:
        return _refuse("pandoc-missing", "This format is read with pandoc, which is not installed.", _HOW)
    command = [pandoc, "+RTS", f"-M{_HEAP}", "-RTS", "--sandbox", "-f", form, "-t", "gfm-raw_html", "--wrap=none"]
    try:
        run = subprocess.run(  # noqa: S603 - the text comes by standard input, and is never part of the command
            command, input=data, capture_output=True, timeout=MOST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return _refuse("not-converted", f"Pandoc did not read this within {MOST_SECONDS} seconds.", "Split it.")
    except OSError as error:
        return _refuse("not-converted", f"Pandoc cannot be started: {error.strerror}.", _HOW)
    if run.returncode:
        reason = run.stderr.decode("utf-8", "replace").strip().partition("\n")[0][:200]
        return _refuse("not-converted", f"Pandoc cannot read this: {reason}", "Correct it, or write Markdown.")
    if len(run.stdout) > max(MOST_TIMES_LONGER * len(data), _SHORT):
        message = f"What pandoc made of this is more than {MOST_TIMES_LONGER} times as long."
        return _refuse("not-converted", message, "Write it as Markdown.")
    return run.stdout.decode("utf-8", "replace")


_HOW = "Install it, or the package pypandoc_binary."


def _refuse(code: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(Severity.ERROR, code, 1, message, hint)
