"""Pages about a person hold no talk and name no event."""

import pytest

from talks.parsing import ParsedPost, parse_post

CONTACT = "* Name: Ann Lee\n* Twitter: [@annlee](https://twitter.com/annlee)\n"
BIO = "\n## Bio\n\nFrom [[GardenConf 2019]]:\n\n> Ann Lee grows moss at Initech.\n"
TALKS = "\n## Talks\n\n* [[Moss on walls]]\n* [[Roses at night]]\n"
QUERY = "\n## Queries\n\n```dataview\nLIST FROM #moss\n```\n"


def read(text: str, name: str = "wiki/Ann-Lee.md") -> ParsedPost:
    return parse_post(text, name=name)


@pytest.mark.parametrize(
    "text",
    [
        CONTACT,
        CONTACT + TALKS,
        CONTACT + BIO + TALKS,
        f"* Twitter: @annlee\n* Website: https://example.org\n{BIO}",
        "---\ntags: [person]\n---\n# Ann Lee\n\nShe grows moss.\n\n## Seen at\n\n- [[GardenConf 2019]] – Moss\n"
        + QUERY,
        "---\ntitle: Ann Lee\ntags: [person, moss]\n---\nShe spoke at GardenConf.\n\n## Talks\n\n- [[Moss]]\n",
    ],
)
def test_a_page_of_contacts_and_biography_has_no_talks(text):
    post = read(text)
    assert (post.talks, post.conference) == ((), None)


ABOUT = "## About\n\nAnn Lee grows moss at Initech.\n\n## Contact & Social\n\n- Twitter:\n\n## My notes\n\n-\n"
VAULT = "vault/GardenConf 2019"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (f"{VAULT}/Speakers/Ann Lee.md", ABOUT),
        (f"{VAULT}/Ann Lee.md", f"---\ntags: [speaker, moss]\n---\n{ABOUT}"),
    ],
)
def test_pages_in_folders_of_people_have_no_talks(name, text):
    assert read(text, name).talks == ()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (f"{VAULT}/Speakers/Ann Lee.md", "- Moss is green\n- It grows on walls\n"),
        (f"{VAULT}/Speakers/Ann Lee.md", f"{ABOUT}- Moss is green\n- It grows on walls\n"),
        (f"{VAULT}/Sessions/Ann Lee.md", ABOUT),
        (f"{VAULT}/Speakers/How moss grows.md", ABOUT),
    ],
)
def test_notes_in_folders_of_speakers_are_no_personal_pages(name, text):
    assert read(text, name).conference


@pytest.mark.parametrize(
    "text",
    [
        CONTACT + BIO + "\n## Notes\n\n* Moss is green\n* It grows on walls\n",
        CONTACT + "\n## Why moss grows on walls\n\n* It is wet there\n* It likes stone\n",
        CONTACT + "\nIn this talk Ann Lee showed how moss grows on walls.\n\n* It is wet there\n",
        "* Name: Ann Lee\n* Slides: https://example.org/moss.pdf\n\n## Talk\n\n* Moss is green\n* It grows\n",
    ],
)
def test_notes_below_contacts_of_their_speaker_are_no_personal_page(text):
    assert read(text, name="gardenconf-2019/Ann-Lee.md").conference


def test_front_matter_that_names_a_speaker_tells_of_a_talk():
    text = "---\ntitle: Moss on walls\nspeaker: Ann Lee\ntags: [person]\n---\n- Moss is green\n- It grows\n"
    assert [talk.title for talk in read(text, name="notes/moss.md").talks] == ["Moss on walls"]
