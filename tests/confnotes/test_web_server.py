"""The web server in front of the site: it keeps slow clients away and passes the client's address on."""

import shutil
import socket
import threading
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bench.slow_clients import hold_port, running, slow_clients, start_nginx


@pytest.fixture
def site():
    """A stand-in for the site that records the headers of each request."""
    heads = []

    class Keep(BaseHTTPRequestHandler):
        def do_GET(self):
            heads.append({name: self.headers[name] for name in self.headers if name not in ("Accept", "User-Agent")})
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *arguments):
            """Print no requests into the tests' output."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Keep)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port, heads
    server.shutdown()
    server.server_close()


@pytest.fixture
def front(site, tmp_path, request):
    if not shutil.which("nginx"):
        pytest.skip("nginx is missing")
    proxied = getattr(request, "param", "")
    with hold_port() as port, ExitStack() as stack:
        command = start_nginx(port, site[0], str(tmp_path), behind_proxy=proxied)
        stack.enter_context(running(command, port, str(tmp_path)))
        yield port


def ask(port, *lines):
    with socket.create_connection(("127.0.0.1", port), timeout=60) as client:
        head = ["GET / HTTP/1.0", "Host: notes.example.org", *lines]
        client.sendall("\r\n".join([*head, "", ""]).encode())
        return client.makefile("rb").read()


def test_the_web_server_passes_on_complete_requests_only(site, front):
    with slow_clients(front, 32):
        assert ask(front).endswith(b"ok")
    assert len(site[1]) == 1


def test_headers_forged_by_clients_are_dropped(site, front):
    ask(front, "X-Forwarded-For: 203.0.113.7", "X-Forwarded-Proto: https", "X-Forwarded-Host: evil.example")
    assert site[1] == [{"Host": "notes.example.org", "X-Forwarded-For": "127.0.0.1", "X-Forwarded-Proto": "http"}]


@pytest.mark.parametrize("front", ["1"], indirect=True)
def test_headers_of_a_trusted_proxy_are_passed_on(site, front):
    ask(front, "X-Forwarded-For: 203.0.113.7", "X-Forwarded-Proto: https")
    assert site[1] == [{"Host": "notes.example.org", "X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"}]
