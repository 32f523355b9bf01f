"""Parses posts in this process or in worker processes, which end together with the process that started them.

A worker reads jobs from a pipe and writes parsed posts to another one. It is a copy of this process where that is safe,
since to start Python and Django anew takes a second of processor time; else it is a new process.
"""

import logging
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from queue import SimpleQueue
from typing import Any, BinaryIO, NoReturn
from weakref import WeakKeyDictionary

from django.conf import settings

from talks.importing.gc_thresholds import collect_garbage_seldom
from talks.importing.language import detect_language
from talks.importing.reconcile.column_lengths import fit_post
from talks.importing.reconcile.read_ahead import NOTHING_AHEAD, ReadAhead, look_ahead
from talks.line_ends import drop_first_lines
from talks.parsing import Correction, Diagnostic, FolderFacts, Hints, ParsedPost, parse_post
from talks.parsing import diagnostic_catalogue as catalogue

_PROGRAM = "import django; django.setup(); from talks.importing.parse_worker import serve_input; serve_input()"
_REMEMBERED = 4
_JOBS_OF_A_WORKER = 2  # the one at which it is at work, and the next one
_LENGTH = 8  # bytes of the length in front of each message
_FIRST_FILE = 3  # the number of the first open file after standard input, output and errors
_MOST_FILES = 2**31 - 1
_SECONDS_TO_A_THREAD = 5e-4  # a worker waits while the thread that has its next post waits for the busy main thread
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """A text to parse, with the editors' corrections.

    `path` is its name in logs, `name` the end of its path, which the parser reads. `detect` means that the language
    must be detected if the text does not state it. `key` is the post's key unless the text states one.
    """

    path: str
    text: str
    name: str
    hints: Hints
    facts: FolderFacts
    corrections: Sequence[Correction] = ()
    detect: bool = True
    key: str = ""


Read = tuple[ParsedPost | Diagnostic, ReadAhead]


def read_post(job: Job) -> ParsedPost | Diagnostic:
    """Parse the text of a job; return the post, fitted to the columns of the rows.

    If the parser crashes, which is a bug, return a diagnostic, so that only this post is refused.
    """
    return _read(job, _parse)


def read_ahead(job: Job) -> Read:
    """Return a pair: the post from `read_post`, or its diagnostic, and what `look_ahead` computes from the post.

    The second is `NOTHING_AHEAD` if the post is refused or there is a diagnostic. If `look_ahead` crashes, which is a
    bug, the first is a diagnostic.
    """
    parsed = read_post(job)
    if isinstance(parsed, Diagnostic) or parsed.refused:
        return parsed, NOTHING_AHEAD
    try:
        return parsed, look_ahead(parsed.id or job.key, parsed)
    except Exception as error:
        return _describe_failure(job, error), NOTHING_AHEAD


def read_post_again(job: Job) -> ParsedPost | Diagnostic:
    """Return what `read_post` returns; the results for the last few jobs are remembered.

    A page that previews and saves corrections asks for the same job several times. Jobs are the same too if only the
    numbers of their corrections or the keys of the posts differ.
    """
    unnumbered = tuple(replace(correction, number=0) for correction in job.corrections)
    known = replace(job, corrections=unnumbered, detect=False, key="")
    return _read(job, lambda _: _parse_again(known))


def _read(job: Job, parse: Callable[[Job], ParsedPost]) -> ParsedPost | Diagnostic:
    try:
        parsed = parse(job)
        return add_language(parsed, job.text) if job.detect else parsed
    except Exception as error:
        return _describe_failure(job, error)


def _describe_failure(job: Job, error: Exception) -> Diagnostic:
    _log.error("The parser failed on %s.", job.path, exc_info=error)
    return catalogue.PARSER_FAILED.at(1, reason=type(error).__name__)


def _parse(job: Job) -> ParsedPost:
    context: dict[str, Any] = {"hints": job.hints, "folder": job.facts, "corrections": job.corrections}
    return fit_post(parse_post(job.text, name=job.name, **context), job.text)


_parse_again = lru_cache(maxsize=_REMEMBERED)(_parse)


def add_language(parsed: ParsedPost, text: str) -> ParsedPost:
    """Return the post with the language detected in `text` below the front matter.

    A post that states its language or is refused is returned unchanged.
    """
    if parsed.language or parsed.refused:
        return parsed
    return replace(parsed, language=detect_language(drop_first_lines(text, parsed.body_line - 1)))


class ProcessCopy:
    """A copy of this process that parses the posts of jobs; it has those attributes of `Popen` that `Workers` uses."""

    def __init__(self) -> None:
        asked, jobs = os.pipe()
        answers, answered = os.pipe()
        self._id = os.fork()
        if not self._id:
            _serve_and_exit(asked, answered)
        os.close(asked)
        os.close(answered)
        self.stdin: BinaryIO = os.fdopen(jobs, "wb")
        self.stdout: BinaryIO = os.fdopen(answers, "rb")

    def kill(self) -> None:
        os.kill(self._id, signal.SIGKILL)

    def wait(self) -> None:
        os.waitpid(self._id, 0)


def _serve_and_exit(asked: int, answered: int) -> NoReturn:
    """Close the files that the copy has from its original (the base, the import's lock), run `serve_jobs`, and exit.

    The two pipes and the standard input, output and errors stay open. The jobs end when the pipe `asked` is closed.
    """
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the process that asks, and this one with it
        low, high = sorted((asked, answered))
        for first, after in ((_FIRST_FILE, low), (low + 1, high), (high + 1, _MOST_FILES)):
            os.closerange(first, after)
        serve_jobs(os.fdopen(asked, "rb"), os.fdopen(answered, "wb"))
    finally:
        os._exit(0)


class Worker:
    """A process that parses posts. Two threads may ask it at a time, so that it need not wait for its next job."""

    def __init__(self) -> None:
        self._process = _start()
        self._closed = False
        # Who holds `_asked` may send a job, who holds `_answered` may receive an answer; both take turns in one order.
        self._asked, self._answered = threading.Lock(), threading.Lock()

    def ask(self, job: Job) -> bytes:
        """Return the packed answer to a job: what `read_ahead` returns for it.

        If the process ends while it parses the job, the answer is a diagnostic that the parser failed, and a new
        process does the next jobs. Raises `EOFError` if the worker was closed.
        """
        with self._asked:
            process = self._process
            sent = _send_job(process, job)
            self._answered.acquire()
            if process is not self._process:  # it ended at work on the job before
                sent = _send_job(self._process, job)
        try:
            if sent and (answer := _receive(self._process.stdout)):  # type: ignore[arg-type]
                return answer
            if self._closed:
                raise EOFError
            _end(self._process)
            self._process = _start()
            return _pack((catalogue.PARSER_FAILED.at(1, reason="it ended"), NOTHING_AHEAD))
        finally:
            self._answered.release()

    def close(self) -> None:
        """End the process, even if it is parsing; no other one starts in its place."""
        self._closed = True
        _end(self._process)


class Workers:
    """Processes that parse posts ahead, while this process plans and writes others."""

    def __init__(self, count: int) -> None:
        self._threads = ThreadPoolExecutor(_JOBS_OF_A_WORKER * count, thread_name_prefix="reading")
        # A post that the run refuses as a copy of another one is never taken: it is gone as soon as the run drops it.
        self._jobs: WeakKeyDictionary[Future[bytes], Job] = WeakKeyDictionary()
        self._read_here: WeakKeyDictionary[Future[bytes], Read] = WeakKeyDictionary()
        self._all = [Worker() for _ in range(count)]
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        for worker in self._all * _JOBS_OF_A_WORKER:
            self._idle.put(worker)
        self._switch_interval = sys.getswitchinterval()
        sys.setswitchinterval(_SECONDS_TO_A_THREAD)

    def submit(self, job: Job) -> Callable[[], Read]:
        """Have a post parsed; return a function that waits for the result, a pair as `read_ahead` returns it.

        While no worker has finished this post, that function parses posts that no worker has begun, the first ones
        first, but without `look_ahead`.
        """
        future: Future[bytes] = self._threads.submit(self._ask, job)
        self._jobs[future] = job
        return partial(self._take, future)

    def _take(self, future: Future[bytes]) -> Read:
        for other, job in [] if future.done() else [*self._jobs.items()]:
            if future.done():
                break
            if other not in self._read_here and other.cancel():
                self._read_here[other] = read_post(job), NOTHING_AHEAD
        del self._jobs[future]
        return self._read_here.pop(future) if future.cancelled() else _unpack(future.result())

    def _ask(self, job: Job) -> bytes:
        worker = self._idle.get()
        try:
            return worker.ask(job)
        finally:
            self._idle.put(worker)

    def close(self) -> None:
        """Kill all workers, also those that are still parsing; no other worker starts in their place."""
        sys.setswitchinterval(self._switch_interval)
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._all:
            worker.close()


def _start() -> subprocess.Popen[bytes] | ProcessCopy:
    """Return a new worker: on Linux a copy of this process, elsewhere a new process.

    While other threads are running it is a new process too, since a copy would have copies of their locks.
    """
    if sys.platform == "linux" and threading.active_count() == 1:
        return ProcessCopy()
    places = [str(settings.BASE_DIR), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(places)}
    command = [sys.executable, "-c", _PROGRAM]
    return subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603


def _send_job(process: subprocess.Popen[bytes] | ProcessCopy, job: Job) -> bool:
    """Send a job to the process; return False if it has ended, also if its pipes are closed already."""
    try:
        _send(process.stdin, job)  # type: ignore[arg-type]
    except (OSError, ValueError):
        return False
    return True


def _end(process: subprocess.Popen[bytes] | ProcessCopy) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):  # what was not sent
            pipe.close()  # type: ignore[union-attr]


def serve_input() -> None:
    """Read jobs from standard input and write the parsed posts to standard output.

    What else is printed goes to standard error.
    """
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    serve_jobs(asked, answers)


@collect_garbage_seldom()
def serve_jobs(asked: BinaryIO, answers: BinaryIO) -> None:
    with suppress(KeyboardInterrupt):
        while data := _receive(asked):
            _send(answers, read_ahead(_unpack(data)))


def _send(pipe: BinaryIO, value: object) -> None:
    data = _pack(value)
    pipe.write(len(data).to_bytes(_LENGTH) + data)
    pipe.flush()


def _receive(pipe: BinaryIO) -> bytes:
    """Return the next value that `_send` packed; nothing if the other process has ended."""
    size = int.from_bytes(pipe.read(_LENGTH))
    data = pipe.read(size)
    return data if len(data) == size else b""


def _pack(value: object) -> bytes:
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def _unpack(data: bytes) -> Any:
    return pickle.loads(data)  # noqa: S301 (it comes from our own process)
