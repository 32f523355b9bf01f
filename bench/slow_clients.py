#!/usr/bin/env python3
"""What slow clients do to the others: `python bench/slow_clients.py [--held 32] [--requests 40]`.

Starts the site as the container does (gunicorn, here with 2 workers of 4 threads), once alone and once with nginx in
front (docker/nginx.conf.template). Some clients send a request and never end it; meanwhile another one asks for a page
again and again. Prints the median and the longest answer in milliseconds, undisturbed and beside the slow clients.
Sends to 127.0.0.1 alone. Without nginx on the PATH only gunicorn is measured.
"""

import argparse
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from string import Template

ROOT = Path(__file__).resolve().parents[1]
LONGEST = 10.0  # seconds after which an answer counts as never given


@contextmanager
def hold_port() -> Iterator[int]:
    """Yield the number of a port that the system gives to no other program; a server can still be told to use it."""
    with socket.socket() as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        holder.bind(("127.0.0.1", 0))
        yield int(holder.getsockname()[1])


@contextmanager
def running(command: list[str], port: int, folder: str, *, database: str = "") -> Iterator[None]:
    """Run the command of a server until the `with` block ends; the block begins once the server listens on the port."""
    environment = os.environ | {"DATA_DIR": folder, "SITE_URL": "http://127.0.0.1:8000", "DATABASE_URL": database}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(60)


def start_gunicorn(port: int) -> list[str]:
    """Return the command that starts the site as the container does, but with few threads, so that few clients do."""
    options = ["--worker-class=gthread", "--workers=2", "--threads=4", "--log-level=error"]
    return [sys.executable, "-m", "gunicorn", "confnotes.wsgi", f"--bind=127.0.0.1:{port}", *options]


def start_nginx(port: int, upstream: int, folder: str, *, behind_proxy: str = "") -> list[str]:
    """Write the container's configuration of nginx into the folder; return the command that starts nginx with it."""
    template = (ROOT / "docker" / "nginx.conf.template").read_text()
    names = {"LISTEN": f"127.0.0.1:{port}", "UPSTREAM": f"127.0.0.1:{upstream}", "BEHIND_PROXY": behind_proxy}
    server = Template(template).safe_substitute(names)
    conf = Path(folder) / "nginx.conf"
    paths = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    conf.write_text(
        f"daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log; events {{ worker_connections 1024; }}\n"
        f"http {{ access_log off; {paths}\n{server} }}\n"
    )
    return ["nginx", "-p", folder, "-e", f"{folder}/nginx.log", "-c", str(conf)]


@contextmanager
def slow_clients(port: int, held: int) -> Iterator[None]:
    """Hold so many connections open until the `with` block ends; each has sent a request whose head does not end."""
    with ExitStack() as stack:
        for _ in range(held):
            client = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            client.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nX-Slow: ")
        yield


def ask(port: int) -> float:
    """Return the seconds until the front page has come, at most `LONGEST`."""
    started = time.perf_counter()
    with socket.create_connection(("127.0.0.1", port), timeout=LONGEST) as client:
        client.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nConnection: close\r\n\r\n")
        try:
            while client.recv(65536):
                pass
        except TimeoutError:
            return LONGEST
    return time.perf_counter() - started


def measure(port: int, requests: int) -> tuple[float, float]:
    """Ask for the front page again and again; return the median and the longest time of an answer in milliseconds.

    It stops early once no answers come.
    """
    times: list[float] = []
    while len(times) < requests and times[-2:] != [LONGEST, LONGEST]:
        times.append(ask(port))
    return statistics.median(times) * 1000, max(times) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--held", type=int, default=32)
    parser.add_argument("--requests", type=int, default=40)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "-v", "0"],
            cwd=ROOT,
            env=os.environ | {"DATA_DIR": folder, "DATABASE_URL": ""},
            check=True,
        )
        with ExitStack() as stack:
            inner, outer = stack.enter_context(hold_port()), stack.enter_context(hold_port())
            stack.enter_context(running(start_gunicorn(inner), inner, folder))
            doors = {"gunicorn": inner}
            if shutil.which("nginx"):
                stack.enter_context(running(start_nginx(outer, inner, folder), outer, folder))
                doors["nginx in front"] = outer
            for name, port in reversed(doors.items()):
                quiet = measure(port, options.requests)
                with slow_clients(port, options.held):
                    time.sleep(0.5)
                    beside = measure(port, options.requests)
                for label, (median, longest) in (("alone", quiet), (f"beside {options.held} slow", beside)):
                    print(f"{name:16} {label:16} median {median:8.1f} ms, longest {longest:8.1f} ms")


if __name__ == "__main__":
    main()
