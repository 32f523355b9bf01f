import pytest

from talks.parsing import parse_post
from talks.parsing.talks.sentence_names import find_mentions, find_surest
from talks.parsing.text.inline import make_plain_with_links


def on_stage(markdown: str) -> list[str]:
    plain, links = make_plain_with_links(markdown)
    return [mention.speaker.name for mention in find_surest(find_mentions(plain, links), plain)]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Then I went to Winnie Ponce's talk on bread.", ["Winnie Ponce"]),
        ("A workshop, hosted by Herwig Decker and Lisa Boel. It was fun.", ["Herwig Decker", "Lisa Boel"]),
        (
            "In this session [Sam Bren](https://twitter.com/x) and\n[Marc Phil](https://twitter.com/y) spoke.",
            ["Sam Bren", "Marc Phil"],
        ),
        ("Alex Buck, lead for Java at Oracle, gave an overview.", ["Alex Buck"]),
        ("Yesterday Ann Lee talked about gardens.", ["Ann Lee"]),
        ("It was fine. [Slides](/s.pdf). Somebody asked about gardens.", []),
        ("Then came a talk given by the marvellous Plugh Zastro of Initech.", ["Plugh Zastro"]),
        ("Here are [the slides by Plugh Zastro](https://g.example/s), presented today.", ["Plugh Zastro"]),
        ("[@pinchito](https://twitter.com/pinchito) nunca defrauda.", ["pinchito"]),
        (
            "Frederik Vann ([@vf](https://twitter.com/vf)) and Dieter Dehn ([@dd](https://twitter.com/dd)) led us.",
            ["Frederik Vann", "Dieter Dehn"],
        ),
        ("Ann Lee, [@annl](https://twitter.com/annl), et Bob Roy, @bobr, ont parlé.", ["Ann Lee", "Bob Roy"]),
        ("Bryan C. Mills gave it.", ["Bryan C. Mills"]),
        ("Ann “Moss” Lee and Bob 'Rose' Roy spoke.", ["Ann “Moss” Lee", "Bob 'Rose' Roy"]),
        ("이끼 책으로 잘 알려진 Initech 김민수님의  발표 입니다.", ["김민수"]),
        ("株式会社モスの山本さんの講演です。", ["山本"]),
        ("苔の育て方を @mossist さんが発表されました。", ["mossist"]),
        ("[Ann Lee](https://g.example/session/5) dazzled all of us.", ["Ann Lee"]),
        ("[Zoph Blater](https://g.example/speakers/#zoph-blater) dazzled all of us.", ["Zoph Blater"]),
        ("Vortrag von Ann Lee Moss Fand ich gut.", ["Ann Lee Moss"]),
        ("[mosslee](https://twitter.com/mosslee) und [roy7](https://x.com/@roy7) zeigen Gärten.", ["mosslee", "roy7"]),
        ("First [Mossina](https://twitter.com/mossina), once of Initech, explained moss.", ["Mossina"]),
        (
            "I like how Ann Lee talks. She did it with Bob Roy. It was given by Ann Lee and Bob Roy.",
            ["Ann Lee", "Bob Roy"],
        ),
        ("[Follow Zorina Quell on Twitter](https://twitter.com/zorina)", ["Zorina Quell"]),
        ("Ann Lee spoke about moss. Thanks to Ann Lee and Bob Roy.", ["Ann Lee"]),
        ("Es sprachen Ann Lee, Dr. Bob Roy und Prof. Dr. med. Carl Fox.", ["Ann Lee", "Bob Roy", "Carl Fox"]),
        ("育て方に詳しい [mosslee](https://github.com/mosslee) 氏が，庭を作った話。", ["mosslee"]),
    ],
)
def test_speakers_are_found_in_sentences(text, people):
    assert on_stage(text) == people


@pytest.mark.parametrize(
    "text",
    [
        "Kubernetes schedules containers.",
        "[Follow Zorina Quell on moss](https://moss.example/zorina)",
        "The Moss Trust presented its walls.",
        "The Spring Framework has a New Module.",
        "We had lunch in the Grand Hotel.",
        "The talk [Making Zastro Inclusive](https://g.example/session/5) showed walls.",
        "Ein Talk, der die Plugh Zastro im Garten lobt.",
        "[Zoph Blater](https://g.example/speakers) dazzled all of us.",
        "팀장님의 발표가 이어졌습니다.",
        "学生さんの発表も楽しかったです。",
        "山本さんの本を読みました。",
        "[mosskit](https://github.com/mosskit) shows walls.",
        "",
    ],
)
def test_sentences_without_a_speaker_name_nobody(text):
    assert on_stage(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("同じ会社の [mosslee](https://github.com/mosslee) 氏の発表。", ["mosslee"]),
        ("次は Ann Lee さんの発表でした。", ["Ann Lee"]),
        ("@mosslee さんの発表でした。", ["mosslee"]),
    ],
)
def test_a_latin_name_before_a_japanese_san_is_a_speaker(text, names):
    """The title is one of address, such as "Dr"."""
    assert on_stage(text) == names


def test_handles_in_brackets_are_those_of_people_named_before_them():
    plain, links = make_plain_with_links("Ann Lee ([@al](https://twitter.com/al)) spoke.")
    (mention,) = find_mentions(plain, links)
    assert (mention.speaker.name, mention.speaker.handle, mention.speaker.url) == (
        "Ann Lee",
        "al",
        "https://twitter.com/al",
    )


@pytest.mark.parametrize("thanks", ["A big shout-out to Ann Lee for this.", "Kudos to Ann Lee!"])
def test_thanked_people_are_not_speakers(thanks):
    assert on_stage(thanks) == []


def test_a_subheading_that_names_its_titles_speaker_is_no_talk():
    moss = "## Moss.rb #11 に参加してきた！\n### モッサ\nそこで感じた楽しさをモッサさんが発表されました。緑です。\n\n"
    post = parse_post(f"# GlassConf 2023\n\n{moss}## Walls of glass\n### Ann Lee\nThey were soft.\n", name="glass.md")
    assert [talk.title for talk in post.talks] == ["Moss.rb #11 に参加してきた！", "Walls of glass"]


def test_a_name_ends_where_it_is_in_the_genitive():
    assert on_stage("Ann Lee's Thursday keynote was fine.") == ["Ann Lee"]
    assert on_stage("[Ann Lee's](https://twitter.com/annlee) keynote was fine.") == ["Ann Lee"]
