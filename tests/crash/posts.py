"""Invented posts in two versions, each with an image."""

import random
from pathlib import Path

from tests.importing.image_files import make_png

_WORDS = ["cache", "queue", "latency", "cluster", "build", "budget", "release", "habit", "network", "team", "index"]


def write_posts(folder: Path, count: int, *, edited: bool) -> Path:
    """Write the posts; in the edited version texts are reworded, moved, added and removed."""
    folder.mkdir()
    (folder / "confnotes.toml").touch()
    for number in range(count):
        dice = random.Random(number)
        lines = [
            "---",
            f"title: Notes from Testing Days {2010 + number // 3}, day {number % 3 + 1}",
            "author: Ann Writer",
            f"tags: [{', '.join(dice.sample(_WORDS, 3))}]",
            "---",
            f"Made up. ![A picture]({number:02}.png)",
            "",
        ]
        for talk in range(3):
            speaker = f"{dice.choice(['Ada', 'Carl', 'Vera'])} {dice.choice(['Brown', 'Dent', 'Holz'])}"
            lines += [f"## The {dice.choice(_WORDS)} and the {dice.choice(_WORDS)} ({talk}) with {speaker}"]
            points = [f"* {' '.join(dice.choices(_WORDS, k=9))} ({point})" for point in range(8)]
            if edited:
                points = [points[3] + " too", *points[:3], *points[5:], f"* something new of {speaker}"]
            lines += [*points, ""]
        (folder / f"{number:02}.md").write_text("\n".join(lines))
        (folder / f"{number:02}.png").write_bytes(make_png(number + 1 + edited))
    return folder
