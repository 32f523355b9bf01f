"""Writes a page's data (see `page_data`) as Markdown to paste elsewhere; each takeaway has its permalink."""

from collections.abc import Iterator
from typing import Any

from talks.counts_and_cut_texts import show_count
from talks.fields import TALK
from talks.formats.citations import escape_markdown
from talks.parsing import split_address

Data = dict[str, Any]

_HEADINGS = {
    "posts": "Posts",
    "talks": "Talks",
    "conferences": "Conferences",
    "references": "References",
    "passages": "The post, line by line",
}
_HEADINGS_OF_SEARCH = {"direct": "By that name", "talks": "Talks", "posts": "In posts, beside their talks"}


def write_markdown(data: Data) -> str:
    """Return the page as Markdown, with a line end at its end."""
    lines = [f"# {escape_markdown(data['page_title'])}", "", f"<{data['page_url']}>", ""]
    lines += _write_facts(data)
    for note in data.get("notes", []):
        lines += _write_notes(note)
    if quoted := data if data["page_kind"] == "takeaway" else data.get("takeaway"):
        lines += ["## Takeaway", "", *_write_takeaway({**quoted, "takeaways": []}, 0), ""]
    if citation := data.get("cite"):
        lines += ["## Cite", "", citation["markdown"], ""]
        lines += [*(f"    {line}" for line in citation["bibtex"].split("\n")), ""]
    for name, heading in (_HEADINGS_OF_SEARCH if data["page_kind"] == "search" else _HEADINGS).items():
        value = data.get(name)
        leaf = value if isinstance(value, list) else value.get("items", []) if isinstance(value, dict) else []
        if leaf:
            lines += [f"## {heading}", "", *_write_items(leaf), ""]
    if items := data.get("items"):
        lines += [*_write_items(items), ""]
    if data.get("next"):
        lines += [f"Next page: <{data['next']}>", ""]
    return "\n".join(lines).rstrip() + "\n"


def _write_facts(data: Data) -> Iterator[str]:
    """Yield the lines below the page's title: such facts as people, event, tags, numbers and addresses."""
    facts = {
        "Speakers": _list_links(data.get("speakers", [])),
        "Conference": _write_link(data["conference"]) if data.get("conference") else "",
        "Day": _format_day(data.get("day")),
        "Writer": _write_link(data["writer"]) if data.get("writer") else "",
        "Published": data.get("published_on"),
        "Tags": _list_links(data.get("tags", [])),
        "Related": _list_links(data.get("related", [])),
        **{each.label.capitalize(): _write_detail(data.get(each.name)) for each in TALK.details},
        "Did you mean": escape_markdown(data.get("suggestion") or ""),
        "Not understood": escape_markdown(" ".join(data.get("faults", []))),
        "Holds": ", ".join(f"{count} {name}" for name, count in data.get("numbers", {}).items()),
    }
    written = [f"- {name}: {value}" for name, value in facts.items() if value]
    yield from [*written, ""] if written else []


def _write_detail(text: str | None) -> str:
    """Return a text of a talk as Markdown, a web address as a link; "" for no text."""
    return f"<{text}>" if text and split_address(text) else escape_markdown(text or "")


def _format_day(day: Any) -> str:
    if not isinstance(day, dict):
        return ""
    parts = [str(day["number"]) if day["number"] is not None else "", day["date"] or ""]
    return ", ".join(part for part in parts if part)


def _write_notes(note: Data) -> Iterator[str]:
    post = note["post"]
    by = f" by {escape_markdown(post['writer']['name'])}" if post and post["writer"] else ""
    yield from [f"## Notes{by}" if post else "## Notes added here", ""]
    if post:
        yield from [f"From [{escape_markdown(post['title'])}]({post['url']})", ""]
    for takeaway in note["takeaways"]:
        yield from _write_takeaway(takeaway, 0)
    yield ""


def _write_takeaway(takeaway: Data, depth: int) -> Iterator[str]:
    """Yield the lines of a takeaway and its children as nested list items.

    `depth` is the level of the takeaway, from 0. Its headings come before its own item. Markdown inside the takeaway
    stays inside its item.
    """
    margin = "  " * depth
    if takeaway["headings"]:
        yield from ("", f"\n\n{margin}".join(f"### {escape_markdown(each)}" for each in takeaway["headings"]), "")
    first, *others = takeaway["text"].split("\n")
    if takeaway["kind"] == "code" or first.startswith(("```", "~~~", "    ", "|")):
        yield f"{margin}- [#]({takeaway['url']})"
        yield ""
        yield from (f"{margin}  {line}" for line in [first, *others])
        yield ""
    else:
        *body, last = [f"- {first}", *(f"  {line}" for line in others)]
        yield from (margin + line for line in body)
        yield f"{margin}{last} [#]({takeaway['url']})"
    for nested in takeaway["takeaways"]:
        yield from _write_takeaway(nested, depth + 1)


def _write_items(items: list[Data]) -> Iterator[str]:
    for item in items:
        if "lines" in item:
            yield from (f"    {line['text']}" for line in item["lines"])
            continue
        yield f"- {_write_link(item)}{_write_details(item)}"
        for takeaway in item.get("takeaways", []):
            yield from _write_takeaway({**takeaway, "takeaways": []}, 1)
        for excerpt in item.get("excerpts", []):
            yield f"  - {escape_markdown(excerpt['text'])} [#]({excerpt['url']})"
        if "text" in item:
            yield f"  - {escape_markdown(item['text'])}"


def _write_details(item: Data) -> str:
    """Return what follows the name of an item of a list, such as people, event, writer, date and how many talks."""
    details = [
        ", ".join(escape_markdown(speaker["name"]) for speaker in item.get("speakers", [])),
        escape_markdown(item["conference"]["name"]) if item.get("conference") else "",
        escape_markdown(item["writer"]["name"]) if item.get("writer") else "",
        item.get("published_on") or "",
        f"without {escape_markdown(', '.join(item['missing']))}" if item.get("missing") else "",
        *map(escape_markdown, item.get("reasons", [])),
    ]
    if isinstance(count := item.get("talks"), int):
        details.append(show_count(count, "talk"))
    told = [detail for detail in details if detail]
    return f" – {', '.join(told)}" if told else ""


def _write_link(item: Data) -> str:
    name = escape_markdown(item.get("title") or item["name"])
    url = item["url"].replace(" ", "%20").replace("(", "%28").replace(")", "%29")
    return f"[{name}]({url})"


def _list_links(items: list[Data | str]) -> str:
    """Return names separated by commas, each as a link if it has a page. Tags of takeaways are names alone."""
    return ", ".join(map(_write_optional_link, items))


def _write_optional_link(item: Data | str) -> str:
    if isinstance(item, str):
        return escape_markdown(item)
    return _write_link(item) + (f" ({escape_markdown(item['affiliation'])})" if item.get("affiliation") else "")
