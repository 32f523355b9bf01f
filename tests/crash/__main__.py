"""Kills work, lets work collide, and prints the results."""

import random
import sys
import time

from tests.crash.killing import kill_often
from tests.crash.sites import open_site
from tests.crash.works import collide, prepare

SHARES = {"import": 1.0, "write-back": 0.25, "removal": 0.1}


def main(kills: int) -> None:
    """Kill imports as often as asked, and other work less often."""
    with open_site() as site:
        for work in prepare(site):
            count = round(kills * SHARES[work.name])
            started = time.monotonic()
            tally = kill_often(site, work, count, random.Random(kills))
            print(f"{work.name} of {work.seconds:.2f} s, {len(work.moments)} moments, killed {count} times: {tally}.")
            print(f"All whole and sound, and done again as if undisturbed; in {time.monotonic() - started:.0f} s.")
            collide(site, work)
            print("Two at once: as one.", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
