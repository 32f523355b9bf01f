import pytest

from talks.parsing.metadata.path_events import read_path_day, read_path_event


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("GardenConf-2017/day-2.md", ("GardenConf", 2017)),
        ("notes-gardencon-2015jp/moss.md", ("Gardencon JP", 2015)),
        ("MMMEurope2023_Conf_notes/moss.md", ("MMMEurope", 2023)),
        ("moss-2023-conf-notes/soil.md", ("Moss Conf", 2023)),
        ("GardenConfEurope2013/moss.md", ("GardenConf Europe", 2013)),
        ("2022-moss-helsinki/day-2.md", ("Moss Helsinki", 2022)),
        ("2019-11_Moss-Days/README.md", ("Moss Days", 2019)),
        ("moss-forum-2k16/x.md", ("Moss Forum", 2016)),
        ("GardenConf/Italia 2025/moss.md", ("GardenConf Italia", 2025)),
        ("GardenConf/2025 keynotes/moss.md", ("GardenConf", 2025)),
        ("gardenconf-2018-notes/moss_lee_20180506/README.md", ("Gardenconf", 2018)),
        ("gardenconf-2018/2018-05-06 09:30:00 Moss on walls/eve.md", ("Gardenconf", 2018)),
        ("GardenConf/Italia/2025/moss.md", ("GardenConf Italia", 2025)),
        ("MossShell/Italia/2025/moss.md", ("MossShell Italia", 2025)),
        ("gardenconf-notes/2-mosses/2017/204-soil.md", ("Gardenconf", 2017)),
        ("gardenconf-notes/2021/moss soil/README.md", ("Gardenconf", 2021)),
        ("mosscon24/talks/moss.md", ("Mosscon", 2024)),
        ("defcon24/moss.md", ("DEF CON", 2016)),
        ("spring-io-2016-conference/moss.md", ("Spring I/O", 2016)),
        ("dev-summit-2019/moss.md", ("Dev Summit", 2019)),
        ("31c3/moss.md", ("Chaos Communication Congress", 2014)),
        ("moss2015-talk-notes/moss.md", ("Moss", 2015)),
        ("mossland-2018-conference-notes/moss.md", ("Mossland", 2018)),
        ("MML2025_conference_notes/day1.md", ("MML", 2025)),
        ("conference-notes/MossLand25-Virtual/moss.md", ("MossLand", 2025)),
        ("conferences/moss19/x.md", ("Moss", 2019)),
        ("conferences/week12/x.md", ("Week12", None)),
        ("conferences/meetup12/x.md", ("Meetup12", None)),
        ("conferences/moss99/x.md", ("Moss99", None)),
        ("2019-MGN-moss-of-gardens-and-nature/moss.md", ("MGN", 2019)),
        ("2019-mgn-mosses-gardens-nuts/moss.md", ("MGN", 2019)),
        ("2019-MGN-moss-of-gardens/moss.md", ("MGN Moss Of Gardens", 2019)),
        ("MossLand-Conference-notes/moss.md", ("MossLand Conference", None)),
        ("notes/2019-MossStock/moss.md", ("MossStock", 2019)),
        ("conference_notes/moss/2019/x.md", ("Moss", 2019)),
        ("conference_notes/cloud/2019/x.md", ("Cloud", 2019)),
        ("conference-notes/2014/moss-oslo/x.md", ("Moss Oslo", 2014)),
        ("conference_notes/pyconau/2018/x.md", ("PyCon AU", 2018)),
        ("gardenconf-notes/moss.md", ("Gardenconf", None)),
        ("gardenkaigi-log/2023/day1/moss.md", ("Gardenkaigi", 2023)),
        ("gardenconf.github.io/_posts/moss.md", ("Gardenconf", None)),
        ("GardenConf 2019 Day 2/moss.md", ("GardenConf", 2019)),
        ("gardenconfde2019-day1/moss.md", ("Gardenconf DE", 2019)),
        ("2016/MossPHP/Day 2/moss.md", ("MossPHP", 2016)),
        ("podsumowanie-gardenconf-2014/moss.md", ("Gardenconf", 2014)),
        ("gardenconf-2014-후기/moss.md", ("Gardenconf", 2014)),
        ("notes-conferences/docs/2016/moss/soil/x.md", ("Moss", 2016)),
        ("conference-notes/moss-101/x.md", ("Moss 101", None)),
        ("wwdc-notes/17/moss.md", ("WWDC", 2017)),
        ("GardenConf2019/notes/day-1/moss.md", ("GardenConf", 2019)),
        ("pages/GardenConf 2023___Moss.md", ("GardenConf", 2023)),
        ("ConferenceNotes/2015-10-MossGarden.md", ("Moss Garden", 2015)),
        ("conferences/20151012-MossGarden-winter.md", ("Moss Garden", 2015)),
        ("conferences/2015-10-12-KTMGarden.md", ("KTMGarden", 2015)),
        ("GardenConfOslo2018_How_To_Water_Moss/README.md", ("GardenConf Oslo", 2018)),
        ("scale11x/moss.md", ("SCALE", 2013)),
        ("ietf95/moss.md", ("IETF", 2016)),
        ("notes/2018-06-02 1400 GardenConf Italia - Moss.md", ("GardenConf Italia", 2018)),
        ("2018/mossland/talks/moss.md", ("Mossland", 2018)),
        ("conferences/2018 Mossland/2018-05-06 Day of GardenConf/moss.md", ("Mossland", 2018)),
        ("GardenConf 2018/2018-05-06 Moss/walls.md", ("GardenConf", 2018)),
        ("conferences/2018 Mossland/2019-05-06 GardenConf/moss.md", ("GardenConf", 2019)),
        ("vault/GardenConf - Moss.md", ("GardenConf", None)),
        ("vault/KubeCon – Moss.md", ("KubeCon", None)),
        ("vault/Moss Conference - Soil.md", ("Moss Conference", None)),
        ("vault/2019-05-06 - GardenConf - Moss.md", ("GardenConf", 2019)),
        ("vault/[2018 GardenConf] Moss.md", ("GardenConf", 2018)),
        ("vault/[2018 모스컨퍼런스] 이끼.md", ("모스컨퍼런스", 2018)),
        ("vault/Moss (GardenConf 2018).md", ("GardenConf", 2018)),
        ("vault/Moss @ GardenConf.md", ("GardenConf", None)),
        ("vault/Moss at Garden Meetup 2018.md", ("Garden Meetup", 2018)),
        ("conference-notes/Moss at Gardencon.md", ("Gardencon", None)),
        ("posts/eurogardencon-2025-conf-notes/index.md", ("Eurogardencon", 2025)),
        ("garden-moss-seminar-notes/moss.md", ("Garden Moss Seminar", None)),
        ("vault/2018/[180908]Moss_4th_virtual_meetup/x.md", ("Moss Virtual Meetup", 2018)),
        ("vault/[221026]이끼모임/x.md", ("이끼모임", 2022)),
        (f"GardenConf 2023 {'0f' * 16}/Moss {'a1' * 16}.md", ("GardenConf", 2023)),
    ],
)
def test_events_are_read_from_names_of_folders_and_files(path, expected):
    event = read_path_event(path)
    assert (event.series, event.year, event.sure) == (*expected, True)


@pytest.mark.parametrize(
    "path",
    [
        "moss.md", "content/posts/moss.md", "blog/2012/04/23/moss.md", "src/content/blog/2012/moss.md", "eve/moss.md",
        "conference-notes/misc/moss.md", "conference-notes/2026/moss.md", "docs/silicon/moss.md", "talks/day-2/moss.md",
        "eve123/conference-notes/2026/moss.md", "notes/2013-11-27-moss.md",
        "notes/notes-2013-11-27.md", "vault/technical/moss.md",
        "conference-notes/2015-10-mossgarden.md", "notes/2015-10-MossGarden.md", "notes/2018-06-02 Moss - Trees.md",
        "notes/scale/moss.md", "notes/build/moss.md",
        "conference-notes/specs/moss.md", "conference-notes/ai-guidance/moss.md", "2019-conf-notes/moss.md",
        "conferences/20151012-GraphQL-in-winter.md", "conference-talks/dont-use-your-mouse/README.md",
        "conference-notes/ConferenceNotes.docc/moss.md", "site/_posts/2014/moss.md",
        "annlee2009/mosses/trees/README.md", "Annlee2009/vault/talks/moss.md", "Annlee1987/notes/moss.md",
        "vault/Basecamp - moss.md", "vault/Manifest - moss.md", "vault/Speaking at GardenConf.md",
        "vault/Falcon 2019 - moss.md", "vault/Moss (2019).md", "vault/Team Summit - soil.md", "vault/Eve @ Home.md",
        "vault/2019-03-04 Team meeting - soil.md", "vault/Build - moss.md",
        "notes/2015/Monday 18th May/2015-05-18-09-30-Moss-on-walls/eve.md",
        "vault/seminars/ann-lee-2019-12-04/x.md", "vault/[189908]Moss/x.md",
        "dev-conference-reviews/moss.md", "software-conference/moss.md", "developer-conference/talks/moss.md",
    ],
)  # fmt: skip
def test_ordinary_paths_name_no_event(path):
    assert read_path_event(path) is None


@pytest.mark.parametrize(
    "path",
    [
        "eve/2014/moss.md",
        "work/Italia/2025/moss.md",
        "python-notes/moss.md",
        "2014/moss-oslo/moss.md",
        "2018/mossland/images/moss.md",
        "notes/MossVienna-2013-11-27.md",
        "content/2019-04-21-eve-at-gardenconf-2019-day3/index.md",
        "posts/2019-best-mosses/index.md",
        "slides/2019-05-06_MossWalls/moss.md",
    ],
)
def test_events_that_ambiguous_paths_name_are_not_sure(path):
    assert not read_path_event(path).sure


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("x/Day1-Moss.md", 1), ("x/day-2.md", 2), ("x/lightning-day3.md", 3), ("x/day-2/moss.md", 2),
        ("x/jour-2.md", 2), ("x/moss.md", None), ("day-2/x/moss.md", 2), ("day-2/x/y/moss.md", None),
    ],
)  # fmt: skip
def test_days_are_read_from_file_and_folder_names(path, day):
    assert read_path_day(path) == day
