"""Parsing in several processes gives the same result as in one."""

import fcntl
import pickle
import sys
import threading
from concurrent.futures import Future

import pytest

from talks.backup import check_base, export_base, rebuild_base
from talks.importing import batch_size, import_posts, parse_worker, run
from talks.importing.batch import BatchWriter
from talks.parsing import NO_FACTS, NO_HINTS
from tests.backup.whole_bases import clear_base
from tests.importing.conftest import DAY_1

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "_FEW", 1)
    monkeypatch.setattr(run, "_MANY", 2)
    for number in range(6):
        text = DAY_1.replace("small", f"small{number}").replace("Boxes", f"Boxes {number % 2}")
        (tmp_path / f"{number}.md").write_text(text)
    (tmp_path / "6.md").write_bytes(b"\xff")
    return tmp_path


def empty_base():
    clear_base()
    rebuild_base()


@pytest.mark.slow
@pytest.mark.parametrize("threads", [1, 2])  # workers are copies of a process without other threads, else new ones
def test_several_processes_give_the_same_outcomes_in_order(folder, monkeypatch, threads):
    monkeypatch.setattr(threading, "active_count", lambda: threads)
    alone = import_posts([folder], jobs=1)
    before = list(export_base())
    empty_base()
    told = []
    together = import_posts(
        [folder], jobs=2, on_progress=lambda done, total, outcome: told.append((done, outcome.path))
    )
    assert list(export_base()) == before
    assert (together.outcomes, together.totals) == (alone.outcomes, alone.totals)
    assert told == [(number, outcome.path) for number, outcome in enumerate(together.outcomes, 1)]
    assert check_base() == []


def test_importing_posts_one_by_one_or_together_stores_equal_rows(folder, monkeypatch):
    import_posts([folder])
    before = list(export_base())
    empty_base()
    monkeypatch.setattr(batch_size, "_MOST_POSTS", 1)
    import_posts([folder])
    assert list(export_base()) == before


@pytest.mark.slow
@pytest.mark.any_database
def test_a_crashing_worker_process_loses_one_post_only(folder, monkeypatch):
    send, sent = parse_worker._send, []

    def kill_once(pipe, value):
        sent.append(value.path)
        if len(sent) == 1:
            raise BrokenPipeError
        send(pipe, value)

    monkeypatch.setattr(parse_worker, "_send", kill_once)
    report = import_posts([folder], jobs=2)
    refused = [outcome.path for outcome in report.outcomes if outcome.outcome == "refused"]
    assert refused == [sent[0], str(folder / "6.md")]


def test_the_importing_process_parses_all_posts_if_workers_stay_idle(folder, monkeypatch):
    monkeypatch.setattr(parse_worker, "ThreadPoolExecutor", IdleThreads)
    assert import_posts([folder], jobs=2).count("created") == 6


@pytest.mark.any_database
@pytest.mark.parametrize(("jobs", "sizes"), [(1, [6]), (2, [4, 2])])
def test_with_workers_the_last_batches_of_a_run_are_smaller(folder, monkeypatch, jobs, sizes):
    taken = []
    write = BatchWriter.write_batch
    monkeypatch.setattr(batch_size, "_LEAST_POSTS", 1)
    monkeypatch.setattr(BatchWriter, "write_batch", lambda self, batch: taken.append(len(batch)) or write(self, batch))
    import_posts([folder], jobs=jobs)
    assert taken == sizes


@pytest.mark.any_database
@pytest.mark.parametrize("begun", [[], [0], [0, 1], [0, 2]])
def test_the_importing_process_parses_later_posts_while_workers_are_busy(folder, monkeypatch, begun):
    monkeypatch.setattr(parse_worker, "ThreadPoolExecutor", IdleThreads)
    parsed = []

    def parse(job):
        parsed.append(job.path)
        for number in begun:
            if not futures[number].done():
                futures[number].set_result(pickle.dumps((f"worker's {number}", None)))
        return f"own {job.path}"

    monkeypatch.setattr(parse_worker, "read_post", parse)
    workers = parse_worker.Workers(0)
    futures = {}
    takes = [workers.submit(parse_worker.Job(str(n), "", "", NO_HINTS, NO_FACTS)) for n in range(5)]
    futures.update(enumerate(workers._jobs))
    for number in begun:
        futures[number].set_running_or_notify_cancel()
    results = [take()[0] for take in takes]
    assert results == [f"worker's {n}" if n in begun else f"own {n}" for n in range(5)]
    assert sorted(parsed) == [str(n) for n in range(5) if n not in begun]
    workers.close()


@pytest.mark.any_database
def test_parsed_posts_that_are_skipped_as_copies_leave_memory_early(folder, monkeypatch):
    for number in range(10, 20):
        (folder / f"{number}.md").write_text((folder / "0.md").read_text())
    made, kept = [], []

    class Watched(parse_worker.Workers):
        def __init__(self, count):
            super().__init__(count)
            made.append(self)

        def close(self):
            self._threads.shutdown()
            kept.extend([*self._jobs, *self._read_here])
            super().close()

    monkeypatch.setattr(run, "Workers", Watched)
    report = import_posts([folder], jobs=2)
    assert (report.count("created"), len(report.outcomes), len(made), kept) == (6, 17, 1, [])


def test_bugs_in_computing_ahead_refuse_the_post_naming_the_error(monkeypatch):
    def fail(key, parsed):
        raise ZeroDivisionError

    monkeypatch.setattr(parse_worker, "look_ahead", fail)
    said, ahead = parse_worker.read_ahead(parse_worker.Job("1.md", DAY_1, "1.md", NO_HINTS, NO_FACTS))
    assert (said.code, "ZeroDivisionError" in said.message) == ("parser-failed", True)
    assert ahead is parse_worker.NOTHING_AHEAD


def test_failing_to_start_workers_restores_the_thread_switch_interval(monkeypatch):
    def fail():
        raise OSError("no more processes")

    monkeypatch.setattr(parse_worker, "_start", fail)
    before = sys.getswitchinterval()
    with pytest.raises(OSError, match="no more processes"):
        parse_worker.Workers(1)
    assert sys.getswitchinterval() == before


@pytest.mark.any_database
@pytest.mark.parametrize("threads", [1, 2])
def test_closing_workers_while_one_parses_starts_no_other(monkeypatch, threads):
    monkeypatch.setattr(threading, "active_count", lambda: threads)
    sent, send = threading.Event(), parse_worker._send

    def tell(pipe, value):
        send(pipe, value)
        sent.set()

    workers, started = parse_worker.Workers(1), []
    monkeypatch.setattr(parse_worker, "_start", lambda: started.append(1))
    monkeypatch.setattr(parse_worker, "_send", tell)
    job = parse_worker.Job("1.md", DAY_1 + "* Docker **and** more\n" * 5_000, "1.md", NO_HINTS, NO_FACTS)
    take = workers.submit(job)
    sent.wait()
    workers.close()
    with pytest.raises(EOFError):
        take()
    assert started == []


@pytest.mark.any_database
def test_after_a_worker_dies_the_waiting_post_is_parsed_again(monkeypatch):
    """The next post was sent to it already."""
    sent, send = threading.Semaphore(0), parse_worker._send

    def tell(pipe, value):
        send(pipe, value)
        sent.release()

    monkeypatch.setattr(parse_worker, "_send", tell)
    long = parse_worker.Job("1.md", DAY_1 + "* Docker **and** more\n" * 20_000, "1.md", NO_HINTS, NO_FACTS)
    short = parse_worker.Job("2.md", DAY_1, "2.md", NO_HINTS, NO_FACTS)
    workers = parse_worker.Workers(1)
    process = workers._all[0]._process
    first = workers._threads.submit(workers._ask, long)
    sent.acquire()
    second = workers._threads.submit(workers._ask, short)
    sent.acquire()
    process.kill()
    said, _ = pickle.loads(first.result())
    parsed, _ = pickle.loads(second.result())
    workers.close()
    assert said.code == "parser-failed"
    assert parsed == parse_worker.read_post(short)


@pytest.mark.any_database
def test_a_post_sent_while_a_worker_is_replaced_is_parsed(monkeypatch):
    """The pipes of the ended process are closed, and the new one is not there yet."""
    ended, asked, start, send = threading.Event(), threading.Semaphore(0), parse_worker._start, parse_worker._send

    def start_late():
        ended.set()
        asked.acquire(timeout=10)
        asked.acquire(timeout=10)
        return start()

    def tell(pipe, value):
        try:
            send(pipe, value)
        finally:
            asked.release()

    workers = parse_worker.Workers(1)
    monkeypatch.setattr(parse_worker, "_start", start_late)
    monkeypatch.setattr(parse_worker, "_send", tell)
    job = parse_worker.Job("1.md", DAY_1, "1.md", NO_HINTS, NO_FACTS)
    workers._all[0]._process.kill()
    workers._threads.submit(workers._ask, job)
    ended.wait(10)
    parsed, _ = pickle.loads(workers._threads.submit(workers._ask, job).result())
    workers.close()
    assert parsed == parse_worker.read_post(job)


class IdleThreads:
    def __init__(self, *args, **kwargs):
        pass

    def submit(self, *args):
        return Future()

    def shutdown(self, **kwargs):
        pass


def test_an_unchanged_folder_starts_no_process(folder, monkeypatch):
    import_posts([folder])
    monkeypatch.setattr(run, "Workers", None)
    assert import_posts([folder], jobs=2).count("unchanged") == 6


def test_worker_processes_keep_no_file_of_the_importing_process_open(tmp_path):
    with (tmp_path / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        worker = parse_worker.ProcessCopy()
        job = parse_worker.Job("1.md", DAY_1, "1.md", NO_HINTS, NO_FACTS)
        parse_worker._send(worker.stdin, job)
        assert pickle.loads(parse_worker._receive(worker.stdout))[0] == parse_worker.read_post(job)
    with (tmp_path / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    worker.stdin.close()
    assert worker.stdout.read() == b""
    worker.wait()
    worker.stdout.close()
