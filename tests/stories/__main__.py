"""Runs stories and prints their results."""

import random
import sys
import traceback

from django.test.utils import setup_test_environment

from tests.crash.sites import open_site

# Modules that import models are imported inside functions, once Django is set up.


def main(count: int = 50, first: int = 1, steps: int = 14) -> None:
    """Run the stories one after the other; exit with 1 if one failed."""
    failed = []
    with open_site() as site:
        from tests.stories.story import Story

        setup_test_environment()
        for seed in range(first, first + count):
            story = Story(site, random.Random(seed))
            try:
                story.tell(steps)
            except Exception:
                failed.append(seed)
                print(f"Seed {seed}:", *story.deeds, traceback.format_exc(), sep="\n  ", flush=True)
    print(f"{count} stories, {len(failed)} went wrong: {failed}")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
