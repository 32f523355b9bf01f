"""Settings that are computed from environment variables."""

import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from confnotes.environment import EnvironmentFault
from confnotes.settings import LOCAL_KEY

ROOT = Path(__file__).resolve().parent.parent.parent
SECRET = "correct-horse-battery-staple-correct-horse-battery-staple"
PUBLIC = {"SITE_URL": "https://notes.example.org", "SECRET_KEY": SECRET}


@pytest.fixture
def read(monkeypatch, tmp_path):
    """Return a function that gives the settings for some environment variables."""

    def read(**environment):
        for name in ("SITE_URL", "ALLOWED_HOSTS", "SECRET_KEY", "DEBUG", "DATABASE_URL", "BEHIND_PROXY", "LOG_LEVEL"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(ROOT / "confnotes" / "settings.py"))

    return read


def test_default_settings_allow_only_this_machine(read, tmp_path):
    settings = read()
    assert settings["LOCAL"] is True
    assert settings["DEBUG"] is False
    assert settings["ALLOWED_HOSTS"] == ["127.0.0.1", "[::1]", "localhost"]
    assert settings["DATABASES"]["default"]["NAME"] == str(tmp_path / "data" / "confnotes.sqlite3")
    assert (tmp_path / "data").is_dir()
    assert (settings["SESSION_COOKIE_NAME"], settings["SESSION_COOKIE_SECURE"]) == ("sessionid", False)
    assert (settings["SECURE_SSL_REDIRECT"], settings["SECURE_HSTS_SECONDS"]) == (False, 0)


def test_a_public_site_has_strict_security_settings(read):
    settings = read(**PUBLIC)
    assert settings["LOCAL"] is False
    assert settings["ALLOWED_HOSTS"] == ["notes.example.org"]
    assert (settings["SESSION_COOKIE_NAME"], settings["SESSION_COOKIE_SECURE"]) == ("__Host-sessionid", True)
    assert (settings["CSRF_COOKIE_NAME"], settings["CSRF_COOKIE_SECURE"]) == ("__Host-csrftoken", True)
    assert (settings["SECURE_SSL_REDIRECT"], settings["SECURE_HSTS_SECONDS"]) == (True, 31_536_000)
    assert (settings["SECURE_HSTS_INCLUDE_SUBDOMAINS"], settings["SECURE_HSTS_PRELOAD"]) == (False, False)
    assert settings["SECURE_PROXY_SSL_HEADER"] is None
    assert "USE_X_FORWARDED_HOST" not in settings


def test_the_content_security_policy_allows_nothing_unsafe(read):
    directives = read()["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert {source for sources in directives.values() for source in sources} == {"'self'", "'none'"}
    assert directives["default-src"] == ["'none'"]


def test_further_hosts_are_allowed_beside_the_sites_own(read):
    settings = read(**PUBLIC, ALLOWED_HOSTS="old.example.org")
    assert settings["ALLOWED_HOSTS"] == ["notes.example.org", "old.example.org"]


def test_proxy_headers_count_only_if_a_proxy_is_configured(read):
    settings = read(**PUBLIC, BEHIND_PROXY="1")
    assert settings["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")
    assert settings["AXES_CLIENT_IP_CALLABLE"] == "confnotes.proxies.find_client_address"
    assert read(**PUBLIC)["AXES_CLIENT_IP_CALLABLE"] is None


def test_postgresql_connections_are_persistent(read):
    database = read(DATABASE_URL="postgres://me@db/notes")["DATABASES"]["default"]
    assert (database["CONN_MAX_AGE"], database["CONN_HEALTH_CHECKS"]) == (60, True)


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        (
            {"SITE_URL": "https://notes.example.org"},
            "SECRET_KEY must be set to 50 or more random characters, since SITE_URL is public.",
        ),
        (
            {"SITE_URL": "https://notes.example.org", "SECRET_KEY": "short"},
            "SECRET_KEY must be set to 50 or more random characters, since SITE_URL is public.",
        ),
        (
            {"SITE_URL": "https://notes.example.org", "SECRET_KEY": "x" * 80},
            "SECRET_KEY must be set to 50 or more random characters, since SITE_URL is public.",
        ),
        (
            {"SITE_URL": "https://notes.example.org", "SECRET_KEY": LOCAL_KEY},
            "SECRET_KEY must be set to 50 or more random characters, since SITE_URL is public.",
        ),
        (
            {**PUBLIC, "DEBUG": "1"},
            "DEBUG shows the program's insides to everyone; unset it, since SITE_URL is public.",
        ),
        (
            {"ALLOWED_HOSTS": "notes.example.org", "SECRET_KEY": SECRET},
            "SITE_URL must say where readers open the site, since ALLOWED_HOSTS names a public host.",
        ),
        (
            {"LOG_LEVEL": "loud"},
            "LOG_LEVEL is 'LOUD'; it must be one of DEBUG, INFO, WARNING, ERROR, CRITICAL.",
        ),
    ],
)
def test_an_invalid_setting_fails_with_one_sentence(read, environment, sentence):
    with pytest.raises(EnvironmentFault) as fault:
        read(**environment)
    assert str(fault.value) == sentence


def test_commands_with_an_invalid_setting_print_only_a_sentence():
    done = run_command("check", DEBUG="maybe")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "DEBUG is 'maybe'; it must be 1 or 0.\n")


@pytest.mark.slow
def test_commands_without_a_database_print_the_databases_error(tmp_path):
    done = run_command("migrate", DATABASE_URL=f"sqlite:///{tmp_path}/nowhere/notes.sqlite3")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        "The database says: unable to open database file",
        "Is it there, and up to date? `python manage.py migrate` makes its tables.",
    ]


@pytest.mark.slow
def test_commands_end_quietly_when_nothing_reads_their_output():
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run([sys.executable, ROOT / "manage.py", "help"], stdout=writer, stderr=subprocess.PIPE)
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.slow
def test_a_public_site_passes_the_check_for_deployment():
    done = run_command("check", "--deploy", "--fail-level", "WARNING", **PUBLIC)
    assert (done.returncode, done.stderr) == (0, "")


def run_command(*arguments, **environment):
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return subprocess.run(
        [sys.executable, ROOT / "manage.py", *arguments], env={**kept, **environment}, capture_output=True, text=True
    )
