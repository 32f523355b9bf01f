import pytest

from talks.parsing.metadata.path_titles import read_path_title


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("x/keeping-secrets.md", "keeping secrets"),
        ("x/[2018 GardenConf] How moss grows.md", "How moss grows"),
        ("x/How moss grows (GardenConf 2018).md", "How moss grows"),
        ("x/GardenConf Italia 2018 - How moss grows.md", "How moss grows"),
        ("x/How moss grows at home.md", "How moss grows at home"),
        ("x/01_How_moss_grows.md", "How moss grows"),
        ("x/t2b-how-moss-grows.md", "how moss grows"),
        ("x/k8s-and-moss.md", "k8s and moss"),
        ("x/2015-11-15-1040-gardenconf-how-moss-grows.md", "how moss grows"),
        ("x/Day1-Moss-and-trees.md", "Moss and trees"),
        ("2019-MGN-gardens/MGN2019-how-moss-grows.md", "how moss grows"),
        ("2019-gardens/MGN2019-how-moss-grows.md", "MGN2019 how moss grows"),
        ("x/Moss - Ann Lee.md", "Moss - Ann Lee"),
        ("moss-and-trees/README.md", "moss and trees"),
        ("moss-and-trees/talk.md", "moss and trees"),
        ("2019-05-06 09:30:00 Moss, then trees/eve.md", "Moss, then trees"),
        ("pages/GardenConf 2023___Moss and trees.md", "Moss and trees"),
        (f"x/Moss {'a1' * 16}.md", "Moss"),
        ("x/day-2.md", "day 2"),
        ("x/GrowingMossAtHome.md", "Growing Moss At Home"),
        ("x/HowIKeepHTTPMossInJavaScript.md", "How I Keep HTTP Moss In JavaScript"),
        ("x/20190302_M3_Moss.md", "M3 Moss"),
        ("x/M3MossAndTrees.md", "M3 Moss And Trees"),
        ("x/MossQL.md", "MossQL"),
        ("x/iMossAndTrees.md", "iMossAndTrees"),
    ],
)
def test_titles_are_read_from_file_names(path, title):
    assert read_path_title(path) == title
