"""Patterns of many words or characters, compiled when they are first asked: no post needs all, most commands none.

Pure.
"""

import re
from typing import Any, cast


class _LatePattern:
    def __init__(self, pattern: str, flags: int) -> None:
        self._pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        """Compile the pattern, and keep its method `name` as an attribute."""
        method = getattr(re.compile(self._pattern, self._flags), name)
        setattr(self, name, method)
        return method


def compile_late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that is compiled when it is first used; some take a twentieth of a second."""
    return cast("re.Pattern[str]", _LatePattern(pattern, flags))
