import pytest
from django.urls import reverse, set_script_prefix

from talks.models import write_address


@pytest.fixture
def _below():
    set_script_prefix("/notes97/")
    yield
    set_script_prefix("/")


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("talks", []),
        ("talk", ["qcon-london-2017", "a-97-b"]),
        ("tag", ["c+docker"]),
        ("day", ["jörg-2020", 12]),
        ("speaker", ["毛泽东"]),
        ("takeaway", ["0dc5y9ejkp"]),
    ],
)
def test_addresses_of_rows_equal_djangos_reverse(name, parts):
    assert write_address(name, *parts) == reverse(name, args=parts)


@pytest.mark.usefixtures("_below")
def test_addresses_of_rows_begin_with_the_sites_path():
    assert write_address("talk", "a", "b") == reverse("talk", args=["a", "b"]) == "/notes97/talks/a/b/"
