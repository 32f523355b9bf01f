"""Lines that may be titles of the lists below them."""

import pytest

from talks.parsing.pipeline import read_post
from talks.parsing.talks.candidates.title_lines import LINK, PLAIN, find_style


@pytest.mark.parametrize(
    ("line", "style"),
    [
        ("第一天我听了三个很好的演讲。", ""),
        ("[深度学习入门](https://fooconf.example/2)", LINK),
        ("Moss that grows on walls", PLAIN),
        ("Moss grows on walls.", ""),
    ],
)
def test_title_lines_in_chinese_are_recognised(line, style):
    _, reading = read_post(f"# FooConf 2019\n\n{line}\n\n- a\n- b\n", name="x.md")
    assert find_style(reading.document, 1) == style
