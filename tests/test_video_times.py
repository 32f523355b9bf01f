import pytest

from talks.markup import link_times

YOUTUBE = "https://www.youtube.com/watch?v=abc123"


def link(address, words):
    return f'<a href="{address}" rel="nofollow noopener">{words}</a>'


@pytest.mark.parametrize(
    ("html", "linked"),
    [
        ("12:34 Caches", f"{link(YOUTUBE + '&amp;t=754', '12:34')} Caches"),
        ("(1:02:03)", f"({link(YOUTUBE + '&amp;t=3723', '1:02:03')})"),
        (
            "<p>0:07, 75:00.</p>",
            f"<p>{link(YOUTUBE + '&amp;t=7', '0:07')}, {link(YOUTUBE + '&amp;t=4500', '75:00')}.</p>",
        ),
    ],
)
def test_times_in_notes_become_links_into_the_video(html, linked):
    assert link_times(html, YOUTUBE) == linked


@pytest.mark.parametrize(
    "html",
    [
        "no time at all",
        "12:3 and 12:345 and 1:2:3 and 12:60",
        "v1.12:34 and a12:34 and 12:34:56:78 and 10.0.0.1:8080",
        "at 12:30 pm, at 9:30am, at 12:30 p.m. and 14:30 Uhr",
        "from 12:30-13:30",
        '<a href="https://example.org/12:34">12:34</a>',
        "<code>12:34</code> <pre><code>12:34</code></pre>",
        '<img alt="12:34" src="/media/x.png">',
        "2:75:00",
    ],
)
def test_text_that_only_looks_like_a_videos_time_is_unlinked(html):
    assert link_times(html, YOUTUBE) == html


@pytest.mark.parametrize(
    ("video", "address"),
    [
        ("https://youtu.be/abc?t=5", "https://youtu.be/abc?t=754"),
        ("https://vimeo.com/1234", "https://vimeo.com/1234#t=754"),
        ("https://media.ccc.de/v/x", "https://media.ccc.de/v/x#t=754"),
        ("https://example.org/talk.mp4", "https://example.org/talk.mp4#t=754"),
    ],
)
def test_start_times_are_written_as_each_video_host_expects(video, address):
    assert link_times("12:34", video) == link(address, "12:34")


@pytest.mark.parametrize(
    "video",
    [
        "",
        "https://www.infoq.com/presentations/x",
        "javascript:alert(1)//youtu.be",
        "https://[youtu.be/x",
        "ftp://youtu.be/x",
    ],
)
def test_times_are_not_linked_for_hosts_without_start_times(video):
    assert link_times("12:34", video) == "12:34"


def test_quotes_in_a_videos_address_are_escaped():
    assert '"><script>' not in link_times("12:34", 'https://youtu.be/x"><script>alert(1)</script>')
