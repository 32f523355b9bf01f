"""Converts texts in other formats to Markdown with pandoc, if it is installed: sandboxed, with a time limit."""

import importlib.util
import shutil
import subprocess
from functools import cache
from pathlib import Path

from talks.parsing import Diagnostic
from talks.parsing import diagnostic_catalogue as catalogue

FORMATS = {"rst": "rst", "org": "org", "html": "html", "ipynb": "ipynb"}
"""Pandoc's names of the formats, by the endings of files."""

_FILTERS = {
    "rst": ("indented_lists", "plain_tables"),
    "org": ("plain_metadata", "plain_headings", "plain_tables"),
    "html": ("line_breaks", "plain_tables"),
}
_WITH_METADATA = {"org": ("--standalone",)}  # else title, writer and date would be left out
MOST_SECONDS = 10
_HEAP = "512m"
MOST_TIMES_LONGER, _SHORT = 10, 10_000


@cache
def find_pandoc() -> str | None:
    """Return the path of pandoc: on the PATH, else in the package `pypandoc_binary`; None if it is not installed."""
    if found := shutil.which("pandoc"):
        return found
    spec = importlib.util.find_spec("pypandoc")
    bundled = Path(spec.origin).parent / "files" / "pandoc" if spec and spec.origin else None
    return str(bundled) if bundled and bundled.is_file() else None


def convert(data: bytes, form: str) -> str | Diagnostic:
    """Return the text as Markdown; `form` is pandoc's name of its format.

    Return a diagnostic if pandoc is missing, fails, takes longer than `MOST_SECONDS`, or gives far too long a text.
    Pandoc cannot read other files, and downloads nothing.
    """
    pandoc = find_pandoc()
    if pandoc is None:
        return catalogue.PANDOC_MISSING.at(1)
    command = [pandoc, "+RTS", f"-M{_HEAP}", "-RTS", "--sandbox", "-f", form, "-t", "gfm-raw_html", "--wrap=none"]
    command += _WITH_METADATA.get(form, ())
    for name in _FILTERS.get(form, ("plain_tables",)):
        command += ["-L", str(Path(__file__).with_name(f"{name}.lua"))]
    try:
        run = subprocess.run(  # noqa: S603 - the text comes by standard input, and is never part of the command
            command, input=data, capture_output=True, timeout=MOST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return catalogue.PANDOC_TOO_SLOW.at(1, most=MOST_SECONDS)
    except OSError as error:
        return catalogue.PANDOC_NOT_STARTED.at(1, reason=error.strerror)
    if run.returncode:
        reason = run.stderr.decode("utf-8", "replace").strip().partition("\n")[0][:200]
        return catalogue.PANDOC_FAILED.at(1, reason=reason)
    if len(run.stdout) > max(MOST_TIMES_LONGER * len(data), _SHORT):
        return catalogue.PANDOC_TOO_LONG.at(1, most=MOST_TIMES_LONGER)
    return run.stdout.decode("utf-8", "replace")
