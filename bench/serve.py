#!/usr/bin/env python3
"""Requests a second: `python bench/serve.py [--talks 3000] [--seconds 8] [--datasette PATH]`. Needs wrk on the PATH.

Starts the site as the container does (gunicorn, with 2 workers of 16 threads) over a base of so many talks, and
Datasette over the same file if there is one, from an environment of its own. Four clients ask for: a view that reads
nothing; one talk's page, which is kept after the first time; each talk's page once, all made anew; and the rows of the
table of talks in Datasette, whose pages are never kept. Sends to 127.0.0.1 alone. Nothing is asserted.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import pages
from slow_clients import hold_port, running

# Modules that import models are imported inside functions, once Django is set up.

CLIENTS = 4
SCRIPT = """
local paths, place = {%s}, 0
request = function()
  place = place %% #paths + 1
  return wrk.format("GET", paths[place])
end
"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--talks", type=int, default=3_000)
    options.add_argument("--seconds", type=int, default=8)
    options.add_argument("--datasette", default=shutil.which("datasette"))
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, hold_port() as port:
        base = Path(folder) / "confnotes.sqlite3"
        os.environ |= {"DATABASE_URL": f"sqlite:///{base}", "DJANGO_SETTINGS_MODULE": "confnotes.settings"}
        talks = fill(given.talks)
        flags = ["--worker-class=gthread", "--workers=2", "--threads=16", "--log-level=error"]
        site = [sys.executable, "-m", "gunicorn", "confnotes.wsgi", f"--bind=127.0.0.1:{port}", *flags]
        with running(site, port, folder, database=os.environ["DATABASE_URL"]):
            ask(port, ["/robots.txt"], 3, folder)  # until both workers have loaded the program
            show("a view that reads nothing", ask(port, ["/robots.txt"], given.seconds, folder))
            show("one talk, kept", ask(port, talks[:1], given.seconds, folder))
            show("talks, each made anew", ask(port, talks[1:], given.seconds, folder))
        if given.datasette:
            rows = [f"/confnotes/talks_talk/{number}" for number in range(1, given.talks + 1)]
            with running([given.datasette, "serve", str(base), f"--port={port}"], port, folder):
                show("Datasette's rows of talks", ask(port, rows, given.seconds, folder))


def fill(count: int) -> list[str]:
    """Fill an empty base with `count` talks, and return the addresses of their pages."""
    pages.prepare()
    pages.fill(count)
    from talks.models import Talk

    return [talk.get_absolute_url() for talk in Talk.objects.select_related("conference").order_by("pk")]


def ask(port: int, paths: list[str], seconds: int, folder: str) -> tuple[float, str]:
    """Let a few clients ask for these paths in turn for some seconds.

    Return the number of answers a second, and what went wrong as wrk says it; "" if nothing did.
    """
    script = Path(folder) / "paths.lua"
    script.write_text(SCRIPT % ", ".join(f'"{path}"' for path in paths))
    command = ["wrk", "--threads=1", f"--connections={CLIENTS}", f"--duration={seconds}s", f"--script={script}"]
    done = subprocess.run([*command, f"http://127.0.0.1:{port}"], capture_output=True, text=True, check=True)
    faults = re.findall(r"(?:Non-2xx|Socket errors).*", done.stdout)
    found = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    return float(found[1]) if found else 0.0, "; ".join(faults)


def show(what: str, measured: tuple[float, str]) -> None:
    print(f"{measured[0]:8.0f} a second  {what}  {measured[1]}", flush=True)


if __name__ == "__main__":
    main()
