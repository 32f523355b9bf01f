import json

import pytest

from talks.importing import ImportReport, PostOutcome, render_json, render_text
from talks.importing.report import Told, find_place
from talks.importing.run_counts import COUNTS, NOUNS

WARNING = {
    "severity": "warning",
    "code": "alias-dropped",
    "line": 6,
    "column": 1,
    "message": "The alias `/admin/` is left out.",
    "hint": "Give another.",
}
ERROR = {"severity": "error", "code": "not-utf8", "line": 3, "column": 7, "message": "A byte is wrong.", "hint": ""}
NOTE = {"severity": "note", "code": "no-front-matter", "line": 1, "column": 1, "message": "None.", "hint": ""}
TOTALS = {noun: dict.fromkeys(COUNTS, 0) for noun in NOUNS}
REPORT = ImportReport(
    (
        PostOutcome("notes/a.md", "created", (NOTE, WARNING), told=Told(("FooConf", 2019), (2,), 3)),
        PostOutcome("notes/b.md", "refused", (ERROR,)),
        PostOutcome("notes/c.md", "unchanged", ({**WARNING, "path": "notes/confnotes.toml"},)),
    ),
    {**TOTALS, "posts": {"created": 1_000, "updated": 0, "unchanged": 1, "withdrawn": 0}},
    1.26,
)
UNTOLD = {"conference": None, "days": [], "talks": 0}
TABLE = """\
               created    updated  unchanged  withdrawn
posts            1,000          0          1          0
conferences          0          0          0          0
days                 0          0          0          0
talks                0          0          0          0
speakers             0          0          0          0
takeaways            0          0          0          0
references           0          0          0          0
"""


def test_the_report_is_printed_as_text():
    assert render_text(REPORT, look_at="http://127.0.0.1:8000/") == (
        "notes/a.md:6:1: warning[alias-dropped] The alias `/admin/` is left out.\n"
        "    Give another.\n"
        "notes/b.md:3:7: error[not-utf8] A byte is wrong.\n"
        "notes/confnotes.toml:6:1: warning[alias-dropped] The alias `/admin/` is left out.\n"
        "    Give another.\n"
        "\n"
        f"{TABLE}"
        "\n"
        "Look first at notes/b.md, notes/a.md, notes/c.md.\n"
        "All that is doubtful stands in the admin under “To look at”; `manage.py list_doubts` prints it.\n"
        "3 posts: 1 created, 1 unchanged, 1 refused, in 1.3 s. Look at http://127.0.0.1:8000/."
    )


def test_reports_explain_line_numbers_of_files_converted_by_pandoc():
    said = "Line numbers of .rst files are those of the Markdown that pandoc made; the post's page shows it."
    report = ImportReport((PostOutcome("a.rst", "created", (WARNING,)), PostOutcome("b.org", "created")), TOTALS, 0.0)
    assert said in render_text(report).splitlines()
    assert said not in render_text(REPORT)


def test_verbosity_0_prints_errors_only():
    assert render_text(REPORT, verbosity=0) == "notes/b.md:3:7: error[not-utf8] A byte is wrong."
    assert render_text(ImportReport(()), verbosity=0) == ""


def test_verbosity_2_prints_notes_and_outcomes():
    assert render_text(REPORT, verbosity=2).splitlines()[:4] == [
        "notes/a.md: created",
        "notes/a.md:1:1: note[no-front-matter] None.",
        "notes/a.md:6:1: warning[alias-dropped] The alias `/admin/` is left out.",
        "    Give another.",
    ]


def test_the_last_sentence_of_a_report_counts_the_outcomes():
    def close(report):
        return render_text(report, look_at="there").splitlines()[-1]

    one = (PostOutcome("a.md", "created"),)
    assert close(ImportReport(one, TOTALS, 0.04)) == "1 post: 1 created, in 0.0 s. Look at there."
    assert close(ImportReport((), TOTALS, 0.0)) == (
        "No post was found: notes are texts in Markdown, in files that end in .md, .markdown, .txt or the like."
    )
    assert close(ImportReport(one, TOTALS)) == ("1 post: 1 created; the import did not come to its end. Look at there.")
    assert close(ImportReport(one, TOTALS, 0.0, dry_run=True)) == (
        "1 post: 1 created, in 0.0 s. This was a dry run: nothing was written."
    )
    kept = {**TOTALS, "hand edits": {"kept": 2}}
    assert close(ImportReport(one, kept, 0.0)) == (
        "1 post: 1 created, in 0.0 s. 2 edits made here kept against the posts. Look at there."
    )


def test_control_characters_are_escaped_in_reports():
    evil = {**ERROR, "message": "\x1b[2J\nnotes/c.md:1:1: error[forged] x", "hint": "\u202eevil"}
    text = render_text(ImportReport((PostOutcome("a.md", "refused", (evil,)),)), verbosity=0)
    assert text == "a.md:3:7: error[not-utf8] \\x1b[2J\\x0anotes/c.md:1:1: error[forged] x\n    \\u202eevil"


@pytest.mark.parametrize(("outcomes", "told"), [(["refused"], False), (["refused", "created"], True)])
def test_reports_of_only_refused_posts_mention_no_doubtful_lines_page(outcomes, told):
    """The admin lists what is doubtful in posts that were taken; a refused one is not there."""
    posts = tuple(PostOutcome(f"{n}.md", outcome, (ERROR,)) for n, outcome in enumerate(outcomes))
    text = render_text(ImportReport(posts, TOTALS, 0.0))
    assert ("Look first at 0.md." in text, "All that is doubtful" in text) == (True, told)


def test_the_report_is_printed_as_json():
    assert json.loads(render_json(REPORT)) == {
        "dry_run": False,
        "seconds": 1.26,
        "outcomes": {"created": 1, "updated": 0, "unchanged": 1, "refused": 1, "skipped": 0},
        "totals": REPORT.totals,
        "gone": [],
        "excluded": [],
        "passed_over": [],
        "other_files": {},
        "posts": [
            {
                "path": "notes/a.md",
                "outcome": "created",
                "conference": {"series": "FooConf", "year": 2019},
                "days": [2],
                "talks": 3,
                "diagnostics": [NOTE, WARNING],
            },
            {"path": "notes/b.md", "outcome": "refused", **UNTOLD, "diagnostics": [ERROR]},
            {
                "path": "notes/c.md",
                "outcome": "unchanged",
                **UNTOLD,
                "diagnostics": [{**WARNING, "path": "notes/confnotes.toml"}],
            },
        ],
    }
    assert render_json(REPORT).isascii()


def test_files_passed_over_are_counted_by_reason():
    over = (("LICENSE.md", "licence"), ("a.adoc", "format"), ("b.rst", "format"), ("x/LICENSE.md", "licence"))
    report = ImportReport((), TOTALS, 0.0, passed_over=over)
    assert render_text(report).splitlines()[:3] == [
        "2 files passed over (a licence: 2). `-v 2` names them; `include` takes them.",
        "2 files passed over of formats that are not read: .adoc 1, .rst 1.",
        "    .rst, .org, .html, .ipynb are read where pandoc is installed (pip install pypandoc_binary).",
    ]
    assert "x/LICENSE.md: passed over, a licence" in render_text(report, verbosity=2)


def test_the_report_suggests_excluding_posts_without_talk_and_event():
    posts = [PostOutcome(path, "created", told=Told()) for path in ("a.md", *(f"diary/{n}.md" for n in range(4)))]
    kept = PostOutcome("b.md", "created", told=Told(("FooConf", 2019), (), 1))
    assert render_text(ImportReport((*posts, kept), TOTALS, 0.0)).splitlines()[-4:-2] == [
        '5 posts tell of neither talk nor event. To pass over, in confnotes.toml: exclude = ["a.md", "diary/*"]',
        "    Unless its front matter says draft or private, such a post is public until excluded or made private.",
    ]
    many = ImportReport(tuple(PostOutcome(f"{n}/a.md", "created", told=Told()) for n in range(9)), TOTALS, 0.0)
    assert render_text(many).splitlines()[-4].endswith('"7/a.md"], and 1 more, which `-v 2` lists')
    assert render_text(many, verbosity=2).splitlines()[-4].endswith('"7/a.md", "8/a.md"]')


def suggest(silent: dict[str, str], others: dict[str, str]) -> str:
    told = [PostOutcome(path, "created", told=Told(place=place)) for path, place in silent.items()]
    told += [
        PostOutcome(path, "created", told=Told(("FooConf", 2019), (), 0, 0, place)) for path, place in others.items()
    ]
    lines = render_text(ImportReport(tuple(told), TOTALS, 0.0)).splitlines()
    return next(line.partition("confnotes.toml: ")[2] for line in lines if "To pass over" in line)


def test_suggested_exclude_patterns_are_paths_below_marked_folders():
    """They match no other post."""
    readmes = {f"/mnt/notes/{place}": place for place in ("README.md", "2018/README.md", "2019/README.md")}
    assert suggest(readmes, {}) == 'exclude = ["./README.md", "2018/README.md", "2019/README.md"]'
    assert suggest({"/mnt/a.md": "a.md"}, {"/mnt/x/a.md": "x/a.md"}) == 'exclude = ["./a.md"]'
    diary = {f"/mnt/diary/{n}.md": f"diary/{n}.md" for n in range(4)}
    assert suggest(diary, {"/mnt/diary/x.md": "diary/x.md"}) == (
        'exclude = ["diary/0.md", "diary/1.md", "diary/2.md", "diary/3.md"]'
    )
    assert suggest(diary, {"/mnt/diary/x/a.md": "diary/x/a.md"}).count(",") == 3
    assert suggest(diary, {"/mnt/x.md": "x.md"}) == 'exclude = ["diary/*"]'
    assert suggest({'/mnt/[1] "a".md': '[1] "a".md'}, {}) == 'exclude = ["[[]1] \\"a\\".md"]'
    assert suggest({f"/mnt/{n}/a.md": f"{n}/a.md" for n in range(9)}, {}).endswith(
        '"7/a.md"], and 1 more, which `-v 2` lists'
    )


@pytest.mark.parametrize(
    ("path", "key", "place"),
    [
        ("/mnt/notes/moss/a.md", "moss/a.md", "moss/a.md"),
        ("moss/a.md", "moss/a.md", "moss/a.md"),
        ("/mnt/notes/moss/index.md", "moss", "moss/index.md"),
        ("/mnt/notes/moss/a.md", "glass-7", ""),
        ("/mnt/notes/moss/aa.md", "a.md", ""),
    ],
)
def test_find_place_returns_the_path_end_equal_to_the_key(path, key, place):
    assert find_place(path, key) == place


def test_reports_tell_of_talks_without_speakers_and_posts_without_events():
    """That no talk has a speaker, and that most posts name no event."""

    def advise(*told: Told) -> list[str]:
        posts = tuple(PostOutcome(f"{n}.md", "created", told=each) for n, each in enumerate(told))
        return [
            line
            for line in render_text(ImportReport(posts, TOTALS, 0.0)).splitlines()[len(TABLE.splitlines()) :]
            if line and not line.startswith("All that is doubtful")
        ][:-1]

    moss = ("FooConf", 2019)
    mend = "Where one is missing, make it under “Mend how it is read” on the post's page."
    assert advise(Told(moss), Told(moss, (), 1, 1)) == [f"1 post names an event and holds no talk: 0.md. {mend}"]
    assert advise(Told(moss, is_settled=True), Told(moss, (), 1, 1)) == []
    assert advise(*[Told(moss, (), 2, 0)] * 3) == [
        "None of 6 talks has a speaker. `Speaker: Ann Lee` below its title names one."
    ]
    named = "`series` and `year` in a `confnotes:` block, or for a folder in confnotes.toml, name it; "
    named += "if these are no notes of talks, `exclude` leaves them out."
    assert advise(*[Told(None, (), 1, 1)] * 5, *[Told(moss, (), 1, 1)] * 5) == [
        f"5 of 10 posts with talks name no event: 0.md, 1.md, 2.md and 2 more. {named}"
    ]
    assert advise(*[Told(moss, (), 2, 0)] * 2, Told(moss, (), 9, 1)) == []
    assert advise(*[Told(None, (), 1, 1)] * 5, *[Told(moss, (), 1, 1)] * 6) == []
    assert advise(*[Told(moss, (), 2)] * 3) == []


def test_absolute_paths_are_shortened_to_their_common_folder(monkeypatch):
    posts = (
        PostOutcome("/mnt/ann/notes/moss/a.md", "created", (WARNING,)),
        PostOutcome("/mnt/ann/notes/ferns/b.md", "created"),
    )
    monkeypatch.setattr("os.getcwd", lambda: "/srv/confnotes")
    report = ImportReport(posts, TOTALS, 0.0, passed_over=(("/mnt/ann/notes/LICENSE", "licence"),))
    lines = render_text(report, verbosity=2).splitlines()
    assert lines[:2] == ["Paths are relative to /mnt/ann/notes.", "moss/a.md: created"]
    assert "LICENSE: passed over, a licence" in lines
    assert "Look first at moss/a.md." in lines
    monkeypatch.setattr("os.getcwd", lambda: "/mnt/ann")
    assert render_text(report).splitlines()[0].startswith("notes/moss/a.md:6:1: warning[alias-dropped]")


def test_warnings_of_one_code_are_written_once_per_file():
    post = PostOutcome("a.md", "created", (WARNING, {**WARNING, "line": 8}, {**WARNING, "line": 9}, ERROR))
    report = ImportReport((post, PostOutcome("b.md", "created", (WARNING,))), TOTALS, 0.0)
    assert render_text(report).splitlines()[:6] == [
        "a.md:6:1: warning[alias-dropped] The alias `/admin/` is left out.",
        "    Give another.",
        "    Likewise in lines 8, 9.",
        "a.md:3:7: error[not-utf8] A byte is wrong.",
        "b.md:6:1: warning[alias-dropped] The alias `/admin/` is left out.",
        "    Give another.",
    ]
    assert sum("warning[" in line for line in render_text(report, verbosity=2).splitlines()) == 4


def test_a_warning_of_many_posts_is_written_out_five_times():
    """It is written out for each post at verbosity 2, and for posts that are refused."""
    posts = [PostOutcome(f"{number}.md", "created", (WARNING,)) for number in range(8)]
    posts.append(PostOutcome("last.md", "refused", (WARNING,)))
    report = ImportReport(tuple(posts), TOTALS, 0.0)
    lines = render_text(report).splitlines()
    assert [line.partition(":")[0] for line in lines if "warning[" in line] == [
        *(f"{number}.md" for number in range(5)), "last.md", "3 more posts with warning[alias-dropped]",
    ]  # fmt: skip
    assert "3 more posts with warning[alias-dropped]: `-v 2` shows them." in lines
    assert sum("warning[" in line for line in render_text(report, verbosity=2).splitlines()) == 9


def test_the_report_names_speakerless_talks_and_talks_in_two_posts():
    unread = {**NOTE, "code": "speaker-unread", "line": 4}
    report = ImportReport(
        (PostOutcome("a.md", "created", (unread,)), PostOutcome("b.md", "created")),
        TOTALS,
        0.0,
        shared=(("Moss", ("a.md", "b.md")),),
    )
    assert render_text(report).splitlines()[-5:-2] == [
        "1 talk has no speaker although a line there seems to name one: a.md:4. Write `Speaker:` before the name.",
        "2 posts hold notes of one talk, “Moss”: a.md, b.md.",
        "    A post of another talk needs that talk's title in its front matter: `talk: …`.",
    ]
