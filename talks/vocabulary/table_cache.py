"""Stores tables made from the shipped names of tags in files, since making them takes as long as importing ten posts.

The files are in the folder `vocabulary` of DATA_DIR. They can be deleted at any time; they are made again when the
names, or the code that reads the names, have changed.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings

from talks import names
from talks.whole_files import write_whole

_HERE = Path(__file__).parent


def load_table(name: str, make: Callable[[], Any]) -> Any:
    """Return the table stored as `name`; if it is missing or outdated, `make` it, store it and return it.

    It is outdated if the shipped names, or the code that reads them, have changed since. A table contains only what
    JSON can hold. If the folder cannot be written, each process makes the table itself.
    """
    file = Path(settings.DATA_DIR) / "vocabulary" / f"{name}.json"
    try:
        kept = json.loads(file.read_bytes())
        if kept["of"] == _digest_sources():
            return kept["table"]
    except (OSError, ValueError, KeyError, TypeError):
        pass
    table = make()
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        with write_whole(file) as new:
            new.write(json.dumps({"of": _digest_sources(), "table": table}, ensure_ascii=False).encode())
    return table


@cache
def _digest_sources() -> str:
    """Return a digest of the shipped names and of the modules that read them."""
    sources = sorted([*_HERE.glob("*.py"), *_HERE.glob("*.toml"), Path(names.__file__)])
    return sha256(b"\0".join(source.read_bytes() for source in sources)).hexdigest()
