import pytest

from talks.parsing.talks.title_parts import clean_title, drop_event, match_pattern, split_title


def best(content: str):
    split = max(split_title(content), key=lambda split: split.score)
    return split.title, [speaker.name for speaker in split.people.speakers]


@pytest.mark.parametrize(
    ("content", "title", "people"),
    [
        ("Deliver Docker Container Continuously\u00a0in AWS with\u00a0Philipp Garbe",
         "Deliver Docker Container Continuously in AWS", ["Philipp Garbe"]),
        ("Tools I live with - Ann Lee", "Tools I live with", ["Ann Lee"]),
        ("Nothing to fear from | Ann Lee", "Nothing to fear from", ["Ann Lee"]),
        ("Working with people with Ann Lee", "Working with people", ["Ann Lee"]),
        ("Slow tech : il est urgent – Frédéric BORDAGE", "Slow tech : il est urgent", ["Frédéric BORDAGE"]),
        ("Ann Lee: On gardens: a tour", "On gardens: a tour", ["Ann Lee"]),
        ("Ann Lee — Perl 5 and Perl 6 — a great team", "Perl 5 and Perl 6 — a great team", ["Ann Lee"]),
        ("How to get hacked, [Julien Topçu](https://twitter.com/x)", "How to get hacked", ["Julien Topçu"]),
        ('"Loop Better" by [Trey Hunner](https://twitter.com/x)', "Loop Better", ["Trey Hunner"]),
        ("Ann Lee “On gardens”", "On gardens", ["Ann Lee"]),
        ("Keynote by Ann Lee: Gardens in winter", "Gardens in winter", ["Ann Lee"]),
        ("Panel with Ann Lee, Bob Roy - “Gardens”", "Gardens", ["Ann Lee", "Bob Roy"]),
        ("Workshop mit Ann Lee – Gärten im Winter", "Gärten im Winter", ["Ann Lee"]),
        ("Keynote by Ann Lee – Initech", "Keynote by Ann Lee – Initech", ["Ann Lee"]),
        ("On gardens by K Ann Quillby", "On gardens", ["K Ann Quillby"]),
        ("3. On gardens (Ann Lee, Initech)", "On gardens", ["Ann Lee"]),
        ("10:00 - 10:45 | On gardens | Ann Lee", "On gardens", ["Ann Lee"]),
        ("Saturday 11:30 On gardens - Ann Lee", "On gardens", ["Ann Lee"]),
        ("On gardens<a name=\"x\">&nbsp;</a> - Ann Lee", "On gardens", ["Ann Lee"]),
        ("Reaktiv oder nicht? von Anna Schmidt", "Reaktiv oder nicht?", ["Anna Schmidt"]),
        ("⭐ L7. On gardens. Ann Lee – Initech. 10:15 am, Day 1", "On gardens", ["Ann Lee"]),
        ("On gardens - Ann Lee [SLIDES](https://x.example)", "On gardens", ["Ann Lee"]),
        ("On gardens - Ann Lee [KEY-1060]", "On gardens", ["Ann Lee"]),
        ("🦀 On gardens - Ann Lee 🌟", "On gardens", ["Ann Lee"]),
        ("Keynote: On gardens (Ann Lee)", "On gardens", ["Ann Lee"]),
        ("Keynote - Ann Lee", "Keynote - Ann Lee", ["Ann Lee"]),
        ("Keynote by Zorana Quist", "Keynote by Zorana Quist", ["Zorana Quist"]),
        ("On gardens - Ann Lee (duration: 25:00)", "On gardens", ["Ann Lee"]),
        ("On gardens - Ann Lee [45 min]", "On gardens", ["Ann Lee"]),
        ("Ann Lee | @annlee | Initech | On gardens", "On gardens", ["Ann Lee"]),
        ("Ann Lee’s keynote: On gardens", "On gardens", ["Ann Lee"]),
        ("Keynote by Ann Lee on gardens", "gardens", ["Ann Lee"]),
        ("On gardens - Ann Lee [Initech]", "On gardens", ["Ann Lee"]),
        ("On gardens - Ann Lee, Bob Roy (Initech)", "On gardens", ["Ann Lee", "Bob Roy"]),
        ("On gardens by Ann Lee, Bob Roy (Initech)", "On gardens", ["Ann Lee", "Bob Roy"]),
        ("Anna’s talk on gardens", "gardens", ["Anna"]),
        ("Anna's talk", "Anna's talk", ["Anna"]),
        ("On gardens - Ann Lee (notes by Bob Roy)", "On gardens", ["Ann Lee"]),
        ("[On gardens](https://x.example) by Ann Lee, *vue par Bob & Eve*", "On gardens", ["Ann Lee"]),
        ("Talk the talk: on gardens - Ann Lee", "Talk the talk: on gardens", ["Ann Lee"]),
        ("On gardens, by Ann Lee ([🎥](https://x.example/1) / [📈](https://x.example/2))", "On gardens", ["Ann Lee"]),
        ("On gardens [[slides](https://x.example/1), [video](https://x.example/2)] by Ann", "On gardens", ["Ann"]),
        ("On gardens ([Ann Lee](https://x.example/ann))", "On gardens", ["Ann Lee"]),
        ("[Keynote] On gardens - Ann Lee", "On gardens", ["Ann Lee"]),
        ("On the Gardens of Rome by Andrew", "On the Gardens of Rome", ["Andrew"]),
        ("On the Gardens of Rome: by Andrew (Initech)", "On the Gardens of Rome", ["Andrew"]),
        ("二、On gardens ———— Ann Lee", "On gardens", ["Ann Lee"]),
        ("On gardens, Ann Lee, Xuvo Plugh, Eve Moss", "On gardens", ["Ann Lee", "Xuvo Plugh", "Eve Moss"]),
    ],
)  # fmt: skip
def test_headings_are_split_into_title_and_people(content, title, people):
    assert best(content) == (title, people)


def test_a_person_who_saw_the_talk_is_no_speaker():
    (split,) = split_title("[On gardens](https://x.example), *vue par Ann & Bob*")
    assert (split.title, split.people.speakers) == ("On gardens", ())


@pytest.mark.parametrize(
    "content",
    [
        "On gardens - Unknown Speaker", "On gardens – TBA", "On gardens | N/A", "On gardens (unknown)",
        "On gardens - ???", "On gardens, by various speakers", "On gardens [TBD]", "On gardens - Unbekannt",
    ],
)  # fmt: skip
def test_words_for_an_unknown_speaker_leave_the_title(content):
    assert best(content) == ("On gardens", [])


@pytest.mark.parametrize(
    "content",
    ["Into the Unknown", "Roses: unknown", "Why do roses bloom - or do they?", "Known unknowns", "Roses (really?)"],
)
def test_titles_may_speak_of_what_is_unknown(content):
    assert split_title(content)[0].title == content


@pytest.mark.parametrize(
    ("content", "title", "people"),
    [
        ("Gardens Powered by Julia", "Gardens Powered by Julia", []),
        ("Houses Designed by Austin", "Houses Designed by Austin", []),
        ("Gardens driven by [Initech](https://x.example)", "Gardens driven by Initech", []),
        ("Gardens Explained by Andrew", "Gardens Explained", ["Andrew"]),
        ("Gardens designed by Ann Lee", "Gardens designed", ["Ann Lee"]),
    ],
)
def test_makers_of_a_thing_are_speakers_only_by_full_name(content, title, people):
    assert best(content) == (title, people)


def test_brackets_with_other_links_stay_in_a_title():
    (split,) = split_title("On gardens [[see roses](https://x.example)]")
    assert split.title == "On gardens [see roses]"


@pytest.mark.parametrize("content", ["Parsing [S]hell", "[R0] On gardens", "[x] On gardens", "Choice[2]; on gardens"])
def test_brackets_without_a_link_stay_in_a_title(content):
    assert split_title(content)[0].title == content
    assert split_title(content, {"s": "https://x.example", "r0": "https://x.example"})[0].title in (
        "Parsing Shell",
        "R0 On gardens",
        content,
    )


@pytest.mark.parametrize(
    "content",
    [
        "Scaling Instagram Architecture",
        "Deep Learning @ Google Scale: Smart Reply In Inbox",
        "Docker - the good parts",
        "10 years of Java",
        "Today's talk on gardens",
        "Gardens as seen by Anna",
    ],
)
def test_titles_without_people_have_no_likely_split(content):
    assert all(split.score < 0.5 for split in split_title(content))
    assert split_title(content)[0].title == content


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Keynote: X of Y", "X of Y"),
        ("“Quoted”", "Quoted"),
        ("On gardens (slides)", "On gardens"),
        ("Ends with a stop.", "Ends with a stop"),
        ("And so on...", "And so on..."),
        ("Lab: roses", "roses"),
        ("Q: are roses red?", "Q: are roses red?"),
        ("Domain: a word that is no kind of talk", "Domain: a word that is no kind of talk"),
        ("  \u00a0spaced\u00a0 out ", "spaced out"),
    ],
)
def test_kinds_of_talk_and_quotes_are_removed_from_titles(text, title):
    assert clean_title(text) == title


@pytest.mark.parametrize(
    ("content", "pattern", "values"),
    [
        (
            "A – b – Ann (X)",
            "{title} – {speaker} ({affiliation})",
            {"title": "A – b", "speaker": "Ann", "affiliation": "X"},
        ),
        ("Ann: a: b", "{speaker}: {title}", {"speaker": "Ann", "title": "a: b"}),
        ("Talk: a", "Talk: {title}", {"title": "a"}),
        ("Ann @ann // a", "{speaker} @{handle} // {title}", {"speaker": "Ann", "handle": "ann", "title": "a"}),
        ("no such form", "{title} – {speaker}", None),
        ("", "{title}", None),
    ],
)
def test_titles_are_read_by_a_writers_own_pattern(content, pattern, values):
    assert match_pattern(content, pattern) == values


@pytest.mark.parametrize("title", ["Walls of moss", "이끼 벽: 오래된 이야기"])
def test_a_korean_name_may_stand_right_behind_a_dash(title):
    best = max(split_title(f"{title} -김민수-"), key=lambda split: split.score)
    assert (best.title, [speaker.name for speaker in best.people.speakers]) == (title, ["김민수"])


@pytest.mark.parametrize("sign", [":", "|", "–", "-", "•", "·"])
def test_the_event_and_separator_before_a_title_are_dropped(sign):
    assert drop_event(f"GardenConf 2019 {sign} Moss on walls", "GardenConf") == "Moss on walls"


@pytest.mark.parametrize("mark", ["(TODO needs notes)", "[TODO]", "(TBD: slides, links)", "- (WIP)"])
def test_a_todo_in_brackets_before_a_title_is_dropped(mark):
    assert clean_title(f"{mark} Moss on walls") == "Moss on walls"


@pytest.mark.parametrize("title", ["TODO lists for gardeners", "(Todos) for gardeners", "[T] Moss on walls"])
def test_a_title_that_begins_with_a_word_like_todo_stays(title):
    assert clean_title(title) == title


@pytest.mark.parametrize("content", ["Leading gardeners, by Zorvina Quell", "Le jardin en hiver, par Zorvina Quell"])
def test_unknown_full_names_behind_comma_and_by_are_the_speakers(content):
    assert best(content)[1] == ["Zorvina Quell"]
    assert max(split.score for split in split_title(content)) >= 0.75


@pytest.mark.parametrize(
    "content",
    ["Learning, by doing things", "Gardens, by Night", "Leading gardeners by Zorvina Quell", "Roses paid by Grant"],
)
def test_words_other_than_names_behind_by_are_no_sure_speakers(content):
    assert max(split.score for split in split_title(content)) < 0.75
