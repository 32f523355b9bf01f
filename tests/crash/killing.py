"""Kills work at chosen moments: at each statement, at the end of each transaction, at each change of a file."""

import difflib
import mmap
import os
import random
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from tests.crash.sites import BrokenError, Site, Step, fork

WRITING, COMMIT, FILE, BETWEEN = "within a transaction", "at its end", "at a change of a file", "between transactions"
_FILE_EVENTS = {"os.rename", "os.chmod", "os.remove", "fcntl.flock"}
_AT_AN_EDGE = 3  # each third kill falls where a transaction ends or a file changes
_ENDED = "after the end"


@dataclass
class Work:
    """Work to kill, which starts from a stored state of the site; `again` are steps that complete it after a kill.

    `states` are the states that may be found after a kill, in order; `moments` are the moments of undisturbed work, by
    kind, which takes `seconds`.
    """

    name: str
    start: str
    do: Step
    again: Sequence[Sequence[Step]]
    states: list[str] = field(default_factory=list)
    moments: list[str] = field(default_factory=list)
    seconds: float = 0.0


@dataclass
class Tally:
    """Numbers of kills, by kind of moment and by state found."""

    states: list[int]
    moments: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        places = ", ".join(f"{count} {place}" for place, count in self.moments.most_common())
        return f"{places}; the states from none to all done were found {self.states} times"


def observe(site: Site, work: Work) -> None:
    """Record the moments of undisturbed work, and the states that it passes through."""
    place = site.folder / "moments"

    def run() -> None:
        moments: list[str] = []
        watch(moments.append)
        started = time.monotonic()
        work.do()
        place.write_text("\n".join([str(time.monotonic() - started), *moments]))

    site.renew(work.start)
    site.demand(run)
    seconds, *work.moments = place.read_text().splitlines()
    work.seconds = float(seconds)
    site.renew(work.start)
    site.demand(lambda: _note_states(site, work))
    work.states = [path.read_text() for path in sorted(site.folder.glob("state-*"))]
    for path in site.folder.glob("state-*"):
        path.unlink()


def _note_states(site: Site, work: Work) -> None:
    """Record the state at the end of each transaction, and before it if files changed without the base."""
    states: dict[str, None] = {}
    files: list[str] = []

    def note() -> None:
        thread = threading.Thread(target=read)  # has a connection of its own
        thread.start()
        thread.join()

    def read() -> None:
        files[:] = site.read_files()
        states[site.read()] = None
        connection.close()

    note()
    watch(lambda kind: note() if kind is COMMIT and site.read_files() != files else None, after_commit=note)
    work.do()
    for number, state in enumerate(states):
        (site.folder / f"state-{number:04}").write_text(state)


def watch(on_moment: Callable[[str], Any], after_commit: Callable[[], Any] = lambda: None) -> None:
    """Make this process call `on_moment` before every change of the base or a file."""

    def execute(run: Callable[..., Any], *args: Any) -> Any:
        on_moment(WRITING if connection.in_atomic_block else BETWEEN)
        return run(*args)

    def commit() -> None:
        on_moment(COMMIT)
        real_commit()
        after_commit()

    real_commit = connection._commit
    connection._commit = commit  # type: ignore[method-assign]
    connection.execute_wrappers.append(execute)
    sys.addaudithook(lambda event, args: on_moment(FILE) if event in _FILE_EVENTS else None)


def kill_often(site: Site, work: Work, kills: int, dice: random.Random) -> Tally:
    """Kill the work at moments spread over its whole course; return the number of kills by moment and state.

    Raises `BrokenError` if the base or a file is damaged after a kill, or if completing the work leads to another
    result than undisturbed work.
    """
    observe(site, work)
    tally = Tally([0] * len(work.states))
    for number, moment in enumerate(_aim(work, kills, dice), 1):
        site.renew(work.start)
        reached = _kill(work, moment, dice.uniform(0, work.seconds / len(work.moments)))
        found = site.look()
        if found not in work.states:
            raise BrokenError(f"{work.name} left something half done, or unsound: {found[:2_000]}")
        tally.moments[reached] += 1
        tally.states[work.states.index(found)] += 1
        if difference := _compare(work.states[-1], site.look(*work.again[number % len(work.again)])):
            raise BrokenError(f"{work.name}, done again, led elsewhere: {difference}")
        if litter := site.find_litter():
            raise BrokenError(f"{work.name} left {litter}")
        if number % 20 == 0:
            print(f"{work.name}, {number} of {kills}: {tally}", file=sys.stderr, flush=True)
    return tally


def _compare(wanted: str, found: str) -> list[str]:
    """Return the lines that only one of two texts has."""
    sides = wanted.splitlines(), found.splitlines()
    return list(difflib.unified_diff(*sides, "undisturbed", "found", n=0, lineterm=""))[:20]


def _aim(work: Work, kills: int, dice: random.Random) -> list[int]:
    """Return numbers, from 1, of the work's moments at which to kill it, spread over its course, in random order.

    One in `_AT_AN_EDGE` of them is a commit or the writing of a file.
    """
    edges = [number for number, kind in enumerate(work.moments, 1) if kind in {COMMIT, FILE}]
    inner = [number for number, kind in enumerate(work.moments, 1) if kind not in {COMMIT, FILE}]
    aims = [edges, *[inner] * (_AT_AN_EDGE - 1)]
    shares = Counter(number % _AT_AN_EDGE for number in range(kills))
    aimed = []
    for place, share in shares.items():
        aimed += [aims[place][int((number + dice.random()) / share * len(aims[place]))] for number in range(share)]
    dice.shuffle(aimed)
    return aimed


def _kill(work: Work, moment: int, delay: float) -> str:
    """Kill the work some seconds after it reached the moment; return the kind of moment reached last."""
    reached = mmap.mmap(-1, 4)  # shared with the process
    reader, writer = os.pipe()

    def run() -> None:
        count = 0

        def note(kind: str) -> None:
            nonlocal count
            count += 1
            reached[:] = count.to_bytes(4, "big")
            if count == moment:
                os.write(writer, b"!")

        watch(note)
        work.do()

    pid = fork(run)
    os.close(writer)
    os.read(reader, 1)
    os.close(reader)
    time.sleep(delay)
    os.kill(pid, signal.SIGKILL)
    if not os.WIFSIGNALED(os.waitpid(pid, 0)[1]):
        return _ENDED
    return work.moments[min(int.from_bytes(reached[:], "big"), len(work.moments)) - 1]
