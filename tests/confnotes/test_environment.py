"""Values of environment variables: an invalid value fails with one sentence that names the variable."""

import pytest

from confnotes.environment import (
    EnvironmentFault,
    read_choice,
    read_count,
    read_database,
    read_flag,
    read_host,
    read_hosts,
    read_share,
    read_site_url,
    read_text,
)


@pytest.mark.parametrize(("value", "read"), [(None, "given"), ("", "given"), ("  ", "given"), (" a b ", "a b")])
def test_read_text_strips_values_and_replaces_blank_ones_by_defaults(monkeypatch, value, read):
    set_variable(monkeypatch, value)
    assert read_text("NAME", "given") == read


@pytest.mark.parametrize(
    ("value", "read"),
    [(None, False), ("", False), ("1", True), ("TRUE", True), ("on", True), ("no", False), ("0", False)],
)
def test_read_flag_accepts_yes_and_no_words(monkeypatch, value, read):
    set_variable(monkeypatch, value)
    assert read_flag("NAME", default=False) is read


def test_read_flag_refuses_words_that_mean_neither_yes_nor_no(monkeypatch):
    set_variable(monkeypatch, "maybe")
    assert refusal(read_flag, "NAME", default=False) == "NAME is 'maybe'; it must be 1 or 0."


@pytest.mark.parametrize(("value", "read"), [(None, 7), ("0", 0), ("007", 7), ("999999999", 999_999_999)])
def test_read_count_accepts_whole_numbers_or_gives_the_default(monkeypatch, value, read):
    set_variable(monkeypatch, value)
    assert read_count("NAME", 7) == read


@pytest.mark.parametrize("value", ["-1", "1.5", "1e3", "٣", "²", "1_000", "ten", "9" * 5000])
def test_read_count_refuses_what_is_no_whole_number(monkeypatch, value):
    set_variable(monkeypatch, value)
    sentence = f"NAME is {value[:40]!r}; it must be a whole number from 0 to 999999999."
    assert refusal(read_count, "NAME", 7) == sentence


@pytest.mark.parametrize(("value", "read"), [(None, 0.5), ("0", 0.0), (".25", 0.25), ("0.75", 0.75), ("1.0", 1.0)])
def test_read_share_accepts_zero_to_one_or_gives_the_default(monkeypatch, value, read):
    set_variable(monkeypatch, value)
    assert read_share("NAME", 0.5) == read


@pytest.mark.parametrize("value", ["-1", "1.5", "2", "1e-1", "half", "nan"])
def test_read_share_refuses_what_is_no_share(monkeypatch, value):
    set_variable(monkeypatch, value)
    assert refusal(read_share, "NAME", 0.5) == f"NAME is {value!r}; it must be a number from 0 to 1."


def test_read_choice_accepts_any_case(monkeypatch):
    set_variable(monkeypatch, "info")
    assert read_choice("NAME", ["DEBUG", "INFO"], "DEBUG") == "INFO"
    set_variable(monkeypatch, "loud")
    assert refusal(read_choice, "NAME", ["DEBUG", "INFO"], "DEBUG") == "NAME is 'LOUD'; it must be one of DEBUG, INFO."


@pytest.mark.parametrize(
    ("value", "read"),
    [(None, []), (" , ", []), ("A.example, b.example", ["a.example", "b.example"]), ("[::1]", ["[::1]"])],
)
def test_read_hosts_splits_at_commas_and_writes_small_letters(monkeypatch, value, read):
    set_variable(monkeypatch, value)
    assert read_hosts("NAME") == read


@pytest.mark.parametrize("value", ["*", "*.example.org", "https://a.example", "a.example:80", "a b"])
def test_read_hosts_refuses_invalid_hosts(monkeypatch, value):
    set_variable(monkeypatch, value)
    assert refusal(read_hosts, "NAME") == (
        f"NAME holds {value!r}; it must name hosts, without scheme, port or wildcard."
    )


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (None, "http://127.0.0.1:8000"),
        ("https://Notes.example.org/", "https://notes.example.org"),
        ("http://localhost:9000", "http://localhost:9000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_read_site_url_accepts_scheme_and_host(monkeypatch, value, read):
    set_variable(monkeypatch, value)
    assert read_site_url("NAME", "http://127.0.0.1:8000") == read


@pytest.mark.parametrize(
    "value",
    [
        "notes.example.org",
        "ftp://notes.example.org",
        "https://",
        "https://notes.example.org/path",
        "https://notes.example.org?q=1",
        "https://notes.example.org#top",
        "https://user@notes.example.org",
        "https://notes.example.org:99999",
        "https://notes.example.org:port",
        "https://[::1",
        "https://a b.example",
        "https://bücher.example",
        "https://*.example.org",
    ],
)
def test_read_site_url_refuses_more_or_less_than_an_origin(monkeypatch, value):
    set_variable(monkeypatch, value)
    assert refusal(read_site_url, "NAME", "http://127.0.0.1:8000") == (
        f"NAME is {value!r}; it must be like https://notes.example.org, with no path."
    )


@pytest.mark.parametrize(
    ("url", "host"),
    [("http://127.0.0.1:8000", "127.0.0.1"), ("http://[::1]:8000", "[::1]"), ("https://a.example", "a.example")],
)
def test_read_host_drops_the_port(url, host):
    assert read_host(url) == host


def test_read_database_parses_urls(monkeypatch):
    set_variable(monkeypatch, "postgres://me:p%40ss@db:5433/notes")
    read = read_database("NAME", "sqlite:///default")
    assert [read[key] for key in ("ENGINE", "USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "django.db.backends.postgresql",
        "me",
        "p@ss",
        "db",
        5433,
        "notes",
    ]
    set_variable(monkeypatch, None)
    read = read_database("NAME", "sqlite:////data/notes.sqlite3")
    assert (read["ENGINE"], read["NAME"]) == ("django.db.backends.sqlite3", "/data/notes.sqlite3")


@pytest.mark.parametrize("value", ["nonsense", "postgres://me@db:port/notes", "postgres://[/notes", "file:///notes"])
def test_read_database_refuses_invalid_urls(monkeypatch, value):
    set_variable(monkeypatch, value)
    assert refusal(read_database, "NAME", "") == (
        "NAME is not understood; it must be like postgres://user:password@host:5432/name or sqlite:///path."
    )


@pytest.mark.parametrize("value", ["mysql://me@db/notes", "postgres://me@db", "postgres://me@db/"])
def test_databases_other_than_sqlite_and_postgresql_are_refused(monkeypatch, value):
    set_variable(monkeypatch, value)
    assert refusal(read_database, "NAME", "") == "NAME must name a database of PostgreSQL or SQLite."


def set_variable(monkeypatch, value):
    if value is None:
        monkeypatch.delenv("NAME", raising=False)
    else:
        monkeypatch.setenv("NAME", value)


def refusal(read, *args, **kwargs):
    with pytest.raises(EnvironmentFault) as fault:
        read(*args, **kwargs)
    return str(fault.value)
