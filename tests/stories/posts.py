"""Post files that a writer edits at random, line by line."""

import random
from collections.abc import Callable
from pathlib import Path

from tests.importing.image_files import make_png

_WORDS = [
    "cache",
    "queue",
    "latency",
    "cluster",
    "build",
    "budget",
    "release",
    "habit",
    "network",
    "team",
    "index",
    "Docker",
    "Kubernetes",
    "testing",
]
_PEOPLE = ["Ada Brown", "Carl Dent", "Vera Holz", "José Ruiz", "Jose Ruiz", "Ada B. Brown"]
_SAMPLES = [
    "2014/railsconf-2014.md",
    "2017/takeaways-from-qcon-london-2017-day-3.md",
    "2018/2018-06-25-goto-amsterdam-containers-from-scratch.md",
    "2023/gophercon-au-2023.md",
]
_ROOT = Path(__file__).resolve().parent.parent.parent


def write_first(folder: Path, dice: random.Random) -> None:
    """Write the first posts; two of them have notes of one talk."""
    (folder / "confnotes.toml").touch()
    (folder / "picture.png").write_bytes(make_png(1))
    for number in range(dice.randint(3, 4)):
        talks = [_write_talk(dice) for _ in range(dice.randint(1, 3))]
        if number < 2:
            talks.insert(0, "## The shared talk with Ada Brown\n\n" + _write_notes(dice))
        (folder / f"{number}.md").write_text(_write_front(number, dice) + "\n".join(talks))
    examples = sorted((_ROOT / "tests" / "posts").glob("*.md"))
    for path in [_ROOT / "samples" / dice.choice(_SAMPLES), dice.choice(examples)]:
        (folder / path.name).write_bytes(path.read_bytes())


def _write_front(number: int, dice: random.Random) -> str:
    tags = ", ".join(dice.sample(_WORDS, 3))
    hints = f"confnotes:\n  series: Testing Days\n  year: 2019\n  day: {1 + number // 2}\n  talk_level: 2\n"
    return (
        f"---\ntitle: Notes {number}\ndate: 2019-05-0{number + 1}\nauthor: Ann\ntags: [{tags}]\n{hints}---\nHello.\n\n"
    )


def _write_talk(dice: random.Random) -> str:
    title = f"The {dice.choice(_WORDS)} of the {dice.choice(_WORDS)} {dice.choice(_WORDS)}"
    return f"## {title} with {dice.choice(_PEOPLE)}\n\n{_write_notes(dice)}"


def _write_notes(dice: random.Random) -> str:
    lines = []
    for _ in range(dice.randint(2, 6)):
        lines += [f"* {say(dice)}"] + [f"    * {say(dice)}" for _ in range(dice.choice([0, 0, 1, 2]))]
    others = [
        "\n```\ncode\n  of mine\n```\n",
        "\n| a | b |\n|---|---|\n| 1 | 2 |\n",
        "\n![A picture](picture.png)\n",
        "\n> Somebody said this\n",
        f"\n{say(dice)}.\n",
        f"\nRead [the {dice.choice(_WORDS)}](https://example.org/{dice.choice(_WORDS)}).\n",
    ]
    return "\n".join([*lines, *dice.sample(others, 2), ""])


def say(dice: random.Random) -> str:
    """Return a random sentence."""
    return " ".join(dice.choices(_WORDS, k=dice.randint(2, 9))) + f" {dice.randint(0, 99)}"


def edit_posts(folder: Path, dice: random.Random) -> str:
    """Change some lines of a post; return a description of the change."""
    path = dice.choice(sorted(folder.rglob("*.md")))
    done = []
    for _ in range(dice.randint(1, 4)):
        lines = path.read_text().split("\n")
        edit = dice.choice(_EDITS)
        places = [number for number, line in enumerate(lines) if line.strip() and line.strip() not in {"---", "+++"}]
        if len(places) > 1:
            edit(lines, dice.choice(places), dice)
            path.write_text("\n".join(lines))
            done.append(edit.__name__.strip("_"))
    return f"{path.name}: {', '.join(done)}"


def _reword(lines: list[str], at: int, dice: random.Random) -> None:
    head, _, last = lines[at].rpartition(" ")
    lines[at] = f"{head} {dice.choice(_WORDS)} {last}" if dice.random() < 0.5 else f"{head} {dice.choice(_WORDS)}"


def _insert(lines: list[str], at: int, dice: random.Random) -> None:
    indent = len(lines[at]) - len(lines[at].lstrip())
    lines.insert(at + 1, f"{' ' * indent}* {say(dice)}")


def _delete(lines: list[str], at: int, dice: random.Random) -> None:
    del lines[at]


def _swap(lines: list[str], at: int, dice: random.Random) -> None:
    other = dice.randrange(len(lines))
    lines[at], lines[other] = lines[other], lines[at]


def _double(lines: list[str], at: int, dice: random.Random) -> None:
    lines.insert(dice.randrange(at, len(lines)), lines[at])


def _split(lines: list[str], at: int, dice: random.Random) -> None:
    words = lines[at].split(" ")
    cut = dice.randint(1, len(words))
    lines[at : at + 1] = [" ".join(words[:cut]), "* " + " ".join(words[cut:])]


def _merge(lines: list[str], at: int, dice: random.Random) -> None:
    if at + 1 < len(lines):
        lines[at : at + 2] = [f"{lines[at]} {lines[at + 1].lstrip(' *')}"]


def _indent(lines: list[str], at: int, dice: random.Random) -> None:
    lines[at] = dice.choice([f"    {lines[at]}", f"  {lines[at]}", lines[at].lstrip()])


def _head(lines: list[str], at: int, dice: random.Random) -> None:
    """Insert the heading and the notes of one more talk."""
    lines.insert(at + 1, f"\n## {_write_talk(dice)}")


def _retitle(lines: list[str], at: int, dice: random.Random) -> None:
    heads = [number for number, line in enumerate(lines) if line.startswith("## ")]
    if heads:
        number = dice.choice(heads)
        title, _, people = lines[number].partition(" with ")
        title = dice.choice([title, f"{title} {dice.choice(_WORDS)}", f"## On {dice.choice(_WORDS)}"])
        people = dice.choice([people, dice.choice(_PEOPLE), " and ".join(dice.sample(_PEOPLE, 2))])
        lines[number] = f"{title} with {people}" if people else title


def _front(lines: list[str], at: int, dice: random.Random) -> None:
    """Change one line of the front matter, or insert one."""
    new = dice.choice(
        [
            f"  day: {dice.randint(1, 3)}",
            f"  year: {dice.randint(2018, 2020)}",
            f"  series: {dice.choice(['Testing Days', 'Other Days'])}",
            f"tags: [{', '.join(dice.sample(_WORDS, 2))}]",
            f"draft: {dice.choice(['true', 'false'])}",
            f"date: 2019-05-{dice.randint(10, 20)}",
            f"author: {dice.choice(['Ann', 'Bob'])}",
        ]
    )
    name = new.partition(":")[0]
    found = [number for number, line in enumerate(lines) if line.startswith(f"{name}:")]
    if found:
        lines[found[0]] = new
    elif name in {"draft", "author"} and lines[0] == "---":
        lines.insert(1, new)


def _name_event(lines: list[str], at: int, dice: random.Random) -> None:
    """Take the event out of the hints, or name one again."""
    named = [number for number, line in enumerate(lines) if line.startswith(("  series:", "  year:"))]
    if named:
        del lines[named[0] : named[-1] + 1]
    elif "confnotes:" in lines:
        place = lines.index("confnotes:") + 1
        lines[place:place] = ["  series: Testing Days", f"  year: {dice.randint(2018, 2020)}"]


_OFTEN: list[Callable[[list[str], int, random.Random], None]] = [_reword, _insert, _retitle, _front]
_EDITS = [*_OFTEN, *_OFTEN, _delete, _swap, _double, _split, _merge, _indent, _head, _name_event, _name_event]


def move_files(folder: Path, dice: random.Random) -> str:
    """Move a talk or a file, copy or remove a file, restore a removed one, or change the picture; return which."""
    paths, gone = sorted(folder.rglob("*.md")), sorted(folder.rglob("*.gone"))
    path, other = dice.choice(paths), dice.choice(paths)
    deed = dice.choice(["talk", "talk", "rename", "below", "copy", "remove", "back", "back", "picture"])
    if deed == "talk":
        _move_talk(path, other, dice)
    elif deed == "rename":
        path.rename(path.with_stem(f"{path.stem}-{dice.randint(0, 99)}"))
    elif deed == "below":
        (folder / "below").mkdir(exist_ok=True)
        path.rename(folder / "below" / path.name)
    elif deed == "copy":
        path.with_stem(f"{path.stem}-copy").write_bytes(path.read_bytes())
    elif deed == "remove" and len(paths) > 2:
        path.rename(path.with_suffix(".gone"))
    elif deed == "back" and gone:
        gone[0].rename(gone[0].with_suffix(".md"))
    elif deed == "picture":
        (folder / "picture.png").write_bytes(make_png(dice.randint(0, 9)))
    return f"{deed}: {path.relative_to(folder)}"


def _move_talk(path: Path, other: Path, dice: random.Random) -> None:
    first, *talks = path.read_text().split("\n## ")
    if talks:
        talk = talks.pop(dice.randrange(len(talks)))
        path.write_text("\n## ".join([first, *talks]))
        other.write_text(f"{other.read_text()}\n## {talk}")
