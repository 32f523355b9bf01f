"""The words of markdown that a reader sees."""

import re

_UNSEEN = re.compile(
    r"""
    ^[ ]*(?:`{3,}|~{3,})[^\n]*$                                    # a fence and its language
    | ^[ ]*\[[^\]\n]+\]:[^\n]*$                                    # where links elsewhere lead to
    | (?<=\])\((?:<[^<>\n]*>|(?:[^()\s]|\([^()\s]*\))*)            # where a link leads to,
      (?:\s+(?:"[^"\n]*"|'[^'\n]*'))?\s*\)                         #   and its title
    | (?<=\])\[[^\[\]\n]*\]                                        # the name of where it leads to
    | <!--(?:(?!<!--|-->).)*-->
    | </?[a-zA-Z][^<>]*>                                           # a tag, or an address between brackets
    | \b[a-zA-Z][a-zA-Z0-9+.-]{1,20}://[^\s<>\])]+                 # a bare address
    | (?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+                # a mail address
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
_ESCAPED = re.compile(r"\\(?=[!-/:-@\[-`{-~])")


def read_plain(text: str) -> str:
    """Markdown without addresses, tags and backslashes; other signs stay, since they keep words apart."""
    return _ESCAPED.sub("", _UNSEEN.sub(" ", text)) if _holds_signs(text) else text


def _holds_signs(text: str) -> bool:
    return any(sign in text for sign in "[<\\:@`~")
