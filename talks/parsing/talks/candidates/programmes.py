"""Finds list items that begin with a link to a talk in the programme of an event."""

from collections.abc import Callable, Collection, Sequence, Set

from talks.parsing.talks.document import Document
from talks.parsing.talks.talk_links import is_of_programme, may_link_to_programme
from talks.parsing.text.blocks import Form
from talks.parsing.text.inline import Link, find_links
from talks.parsing.text.lists import Item
from talks.parsing.title_comparison import count_words
from talks.parsing.web_addresses import read_host

_LONGEST_LINKED = 500  # characters
_LEAST, _MOST_OF = 3, 0.6
_FEW_WORDS = 2


def find_of_programme(document: Document, items: Sequence[Item], programmes: Callable[[], Set[str]]) -> Set[int]:
    """Return the line numbers of the items that begin with a link to a talk in an event's programme.

    These must be three at least, and 60 % of the items. If they are fewer, only those count that link to one of the
    hosts `programmes`, to which another list of the post links so.
    """
    found = _list_of_programme(document, items)
    if _are_most(found, items):
        return found.keys()
    return {line for line, host in found.items() if host in programmes()}


def find_programmes(document: Document) -> Set[str]:
    """Return the hosts of the programmes to which lists of talks link.

    In such a list, three items at least, and most items, begin with a link to a talk in a programme.
    """
    lists = (block.items for block in document.blocks if block.form is Form.LIST)
    found = ((_list_of_programme(document, items), items) for items in lists)
    return {host for hosts, items in found if _are_most(hosts, items) for host in hosts.values()}


def _list_of_programme(document: Document, items: Sequence[Item]) -> dict[int, str]:
    """Return, by line number, the linked host of each item that begins with a link to a talk in a programme."""
    found: dict[int, str] = {}
    for item in items:
        opening = item.text[:_LONGEST_LINKED]
        links = find_links(opening, document.definitions)[:1] if may_link_to_programme(opening) else []
        if links and _opens_with_talk(links[0]):
            found[item.line] = read_host(links[0].url)
    return found


def _are_most(found: Collection[int], items: Sequence[Item]) -> bool:
    return len(found) >= max(_LEAST, _MOST_OF * len(items))


def _opens_with_talk(link: Link) -> bool:
    return link.start <= 1 and count_words(link.text) >= _FEW_WORDS and is_of_programme(link)
