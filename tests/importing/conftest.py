"""Fixtures of the importer's tests: a post that is imported again with changes, and a dump of the base."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model

from talks.importing import ImportReport, import_posts
from talks.models import BaseChange, ImportOutcome, ImportRun, SearchBlock, SearchWord
from tests.kept_rows import kept

DAY_1 = """\
---
title: Notes from Testing Days 2019, day 1
date: 2019-05-02
author: Ann Writer
tags: [Docker, Kubernetes, Baking]
aliases: ["/2019/05/02/testing-days-1/"]
confnotes:
  series: Testing Days
  year: 2019
  day: 1
  talk_level: 2
---
Two talks and a lot of coffee.

## Boxes on Ships with Ada Brown
* Docker images ought to be small ones
* Layers are cached and shared between builds
  * The order of the lines decides how well
* More of it is in [the manual](https://docs.docker.com/build/)

## Herding Cats with Carl Dent
* A cluster repairs itself while you sleep
* Kubernetes compares what is with what you asked for
* Labels are the glue between all of its parts
"""

SMALL = "Docker images ought to be small ones"
LAYERS = "Layers are cached and shared between builds"
ORDER = "The order of the lines decides how well"

Write = Callable[[str, str], Path]


@pytest.fixture
def again(write: Write) -> Callable[..., ImportReport]:
    """Import `DAY_1`, and return a function that imports it again with replacements in its text."""
    path = write("day-1.md", DAY_1)
    bring_in_day_1(path)
    texts = [DAY_1]

    def import_again(*changes: tuple[str, str]) -> ImportReport:
        text = texts[-1]
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        texts.append(text)
        path.write_text(text)
        return import_posts([path])

    return import_again


@kept
def bring_in_day_1(path: Path) -> None:
    """Import `DAY_1`, which was written to this path."""
    import_posts([path])


def dump(
    *, but: tuple[type[Model], ...] = (ImportRun, ImportOutcome, BaseChange, SearchWord, SearchBlock)
) -> dict[str, list[dict[str, object]]]:
    """Return every row of the app by model, without runs, the base's version, and words and blocks of the search."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values())
        for model in apps.get_app_config("talks").get_models()
        if model not in but
    }
