import pytest

from talks.parsing.metadata.day_labels import find_folder_day, is_day_heading, read_day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Takeaways from QCon London 2017 – Day 2", 2),
        ("Day Two", 2),
        ("Second day", 2),
        ("The 3rd day", 3),
        ("Tag 1", 1),
        ("Zweiter Tag", 2),
        ("Deuxième jour", 2),
        ("1ère journée", 1),
        ("Jour 3", 3),
        ("Día 2", 2),
        ("Dia 1", 1),
        ("2日目", 2),
        ("Второй день", 2),
        ("Druhý den", 2),
        ("Andra dagen", 2),
        ("第三天", 3),
        ("DAY 03", 3),
        ("첫째날", 1),
        ("둘째 날 후기", 2),
        ("첫날", 1),
        ("Garden D-Day #5", None),
        ("Garden-Day 5", 5),
        ("생일날", None),
        ("Monday", None),
        ("A day in the life", None),
        ("Today 2 things", None),
        ("Birthday 3", None),
        ("11月6日", None),
        ("11月16日(水)", None),
    ],
)
def test_the_number_of_a_day_is_read_from_headings(text, day):
    assert read_day(text) == day


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Day 2", True),
        ("Day 2 - Thursday, 23 March", True),
        ("Thursday", True),
        ("Mercredi 20 avril : tranquille !", True),
        ("Donnerstag, 5. Mai", True),
        ("2017-03-23", True),
        ("1日目", True),
        ("06.11. - Wednesday", True),
        ("06.11 Mittwoch", True),
        ("6.11 Mittwoch", True),
        ("Mi 06.11.", True),
        ("Mi. 6.11", True),
        ("Mi 06.11", True),
        ("Mi 6.11.2019", True),
        ("29.2. Samstag", True),
        ("DOM 4.0", False),
        ("DOM 4.1", False),
        ("Sam 2.0", False),
        ("DI 2.0", False),
        ("So 2.0", False),
        ("Mo 0.0", False),
        ("Mo 31.31.", False),
        ("Wed 6 Nov", True),
        ("Thurs, Nov 7th", True),
        ("Mer. 6 novembre", True),
        ("6 de noviembre", True),
        ("11月6日(水)", True),
        ("11월 6일", True),
        ("17th", True),
        ("The 2nd", True),
        ("32nd", False),
        ("17th century", False),
        ("Wood 6 Nov", False),
        ("Ruby 2.0", False),
        ("1.2", False),
        ("November 2019", False),
        ("6-7 Nov", False),
        ("Sat 3", False),
        ("How to survive day 2 operations of a large Kubernetes platform", False),
        ("The Sunday of software", False),
        ("Thursday: the first conference day", True),
        ("Friday: Tutorials and Garden Day", True),
        ("Monday: a day for roses and moss", False),
        ("Friday pruning: cutting roses every day", False),
        ("Surviving Black Friday", False),
        ("Scaling Instagram Architecture", False),
        ("", False),
    ],
)
def test_headings_of_days_are_told_from_other_headings(text, expected):
    assert is_day_heading(text) is expected


@pytest.mark.parametrize(
    ("name", "beside", "day"),
    [
        ("Thursday", ["Friday", "Thursday", "README.md"], 1),
        ("friday", ["thursday", "friday"], 2),
        ("2-tuesday", ["1-monday", "2-tuesday", "3-thursday"], 2),
        ("3-thursday", ["1-monday", "2-tuesday", "3-thursday"], 4),
        ("Monday", ["Friday", "Monday", "Sunday"], 4),
        ("Mercredi", ["Jeudi", "Mercredi"], 1),
        ("Friday", ["Friday", "Saturday.md"], None),
        ("Friday talks", ["Friday talks", "Saturday talks"], None),
        ("18-April", ["17-April", "18-April", "19-April"], 2),
        ("10.18.19", ["10.17.19", "10.18.19"], 2),
        ("2019-10-18", ["2019-10-17", "2019-10-18", "2018"], 2),
        ("18-April", ["17-April", "18-April", "24-April"], None),
        ("18-April", ["17-May", "18-April"], None),
        ("2019-02-10", ["2019-01-10", "2019-02-10"], None),
        ("0.1.2", ["0.1.1", "0.1.2"], None),
        ("2018", ["2017", "2018"], None),
        ("moss", ["moss", "ferns"], None),
    ],
)
def test_a_folders_day_follows_from_names_of_folders_beside(name, beside, day):
    assert find_folder_day(name, beside) == day
