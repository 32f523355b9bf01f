from talks.models import Speaker, Tag
from talks.templatetags.talks_in_lists import narrowing_speakers, tag_links


def test_tags_beyond_the_limit_are_folded_behind_their_number():
    tags = [Tag(name=name, slug=name) for name in ("one", "two", "three")]
    shown, _, folded = tag_links(tags, shown=1).partition('<details class="folded"><summary>2 more</summary>')
    assert [name for name in ("one", "two", "three") if f"<bdi>{name}</bdi>" in shown] == ["one"]
    assert [name for name in ("one", "two", "three") if f"<bdi>{name}</bdi>" in folded] == ["two", "three"]
    assert "<details" not in tag_links(tags, shown=3)
    assert tag_links([], shown=3) == ""


def test_speakers_beyond_the_limit_are_folded_behind_their_number():
    speakers = [Speaker(name=name, slug=name) for name in ("ada", "bo", "cy")]
    for speaker in speakers:
        speaker.talk_count = 1
    shown, _, folded = narrowing_speakers(speakers, {}, shown=2).partition("<summary>1 more</summary>")
    assert ["cy" in part for part in (shown, folded)] == [False, True]
