import pytest

from talks.backup import check_base, export_base, import_base
from talks.editing import find_alike_speakers, keep_former_name, merge_speakers, split_speaker
from talks.models import Appearance, Speaker, SpeakerAlias, Talk
from tests import builders as make
from tests.backup.whole_bases import clear_base

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ({"name": "José Valim"}, {"name": "Jose Valim"}, "accents or punctuation"),
        ({"name": "Mary-Ann Lee"}, {"name": "Mary Ann Lee"}, "accents or punctuation"),
        ({"name": "John Q. Public"}, {"name": "John Public"}, "middle names"),
        ({"name": "@someone"}, {"name": "Ann Other", "handle": "@SomeOne"}, "handle"),
        ({"name": "Ann A", "handle": "@x"}, {"name": "Ben B", "handle": "x"}, "handle"),
        (
            {"name": "Ann A", "url": "https://www.example.org/a/"},
            {"name": "Ben B", "url": "http://example.org/a"},
            "address",
        ),
    ],
)
def test_similar_speaker_names_are_suggested_as_one_person(one, other, reason):
    rows = {Speaker.objects.create(**one).pk, Speaker.objects.create(**other).pk}
    [alike] = find_alike_speakers()
    assert (alike.reason, {speaker.pk for speaker in alike.speakers}) == (reason, rows)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ann Lee", "Ben Lee"), ("Ann Lee", "Ann Roe"), ("Ann", "Ann Lee"), ("John Q. Public", "Jane Q. Public")],
)
def test_different_names_are_not_suggested_as_one_person(one, other):
    Speaker.objects.create(name=one)
    Speaker.objects.create(name=other)
    assert find_alike_speakers() == []


def make_pair():
    post = make.make_post()
    one = make.make_talk("One", post=post, speakers=["José Valim"])
    two = make.make_talk("Two", post=post, speakers=["Jose Valim", "Ann Lee"])
    both = make.make_talk("Both", post=post, speakers=["Jose Valim", "José Valim", "Ann Lee"])
    return one, two, both


def read_speakers(talk):
    rows = talk.appearances.order_by("position")
    return [(row.position, row.speaker.name) for row in rows]


def test_merging_speakers_gives_one_all_talks_names_and_addresses(client):
    one, two, both = make_pair()
    kept, other = Speaker.objects.get(name="José Valim"), Speaker.objects.get(name="Jose Valim")
    Speaker.objects.filter(pk=other.pk).update(handle="@jose")
    other.refresh_from_db()
    assert merge_speakers(kept, [other]) == {two.pk, both.pk}
    assert [read_speakers(talk) for talk in (one, two, both)] == [
        [(1, "José Valim")],
        [(1, "José Valim"), (2, "Ann Lee")],
        [(1, "José Valim"), (2, "Ann Lee")],
    ]
    alias = SpeakerAlias.objects.get()
    assert (alias.speaker, alias.name, alias.slug) == (kept, "Jose Valim", "jose-valim-2")
    response = client.get("/speakers/jose-valim-2/")
    assert (response.status_code, response["Location"]) == (301, "/speakers/jose-valim/")
    assert Speaker.objects.get(pk=kept.pk).handle == "@jose"
    assert [fault for fault in check_base() if "words" not in fault] == []


def test_splitting_off_a_speaker_undoes_the_merge(client):
    talks = make_pair()
    before = [sorted(name for _, name in read_speakers(talk)) for talk in talks]
    kept, other = Speaker.objects.get(name="José Valim"), Speaker.objects.get(name="Jose Valim")
    merge_speakers(kept, [other])
    assert split_speaker(SpeakerAlias.objects.get()) == {talks[1].pk, talks[2].pk}
    assert [sorted(name for _, name in read_speakers(talk)) for talk in talks] == before
    assert Speaker.objects.get(name="Jose Valim").slug == "jose-valim-2"
    assert client.get("/speakers/jose-valim-2/").status_code == 200
    assert SpeakerAlias.objects.count() == 0
    assert [fault for fault in check_base() if "words" not in fault] == []


def test_aliases_of_merged_speakers_become_aliases_of_the_kept_one():
    make_pair()
    third = make.make_speaker("J. Valim")
    kept, other = Speaker.objects.get(name="José Valim"), Speaker.objects.get(name="Jose Valim")
    merge_speakers(other, [third])
    merge_speakers(kept, [other])
    assert sorted(kept.aliases.values_list("name", flat=True)) == ["J. Valim", "Jose Valim"]


def test_a_renamed_speaker_can_get_the_former_name_again():
    speaker = make.make_speaker("Jo Doe")
    for name, former in (("Joanna Doe", "Jo Doe"), ("Jo Doe", "Joanna Doe")):
        speaker.name = name
        speaker.save()
        keep_former_name(speaker, former)
        assert list(speaker.aliases.values_list("name", flat=True)) == [former]
    assert check_base() == []


def make_editors_talks():
    """Make talks without posts: one by each of three speakers, and one by all three."""
    for name in ("Ann Lee", "Anne Lee", "Cy Dow"):
        make.make_talk(f"Of {name}", speakers=[name])
    make.make_talk("Of all", speakers=["Ann Lee", "Anne Lee", "Cy Dow"])
    Speaker.objects.filter(name="Anne Lee").update(handle="@anne", url="https://example.org/anne")
    Speaker.objects.filter(name="Ann Lee").update(url="https://example.org/ann")


def tell_editors_talks():
    talks = Talk.objects.order_by("title").prefetch_related("appearances__speaker")
    people = Speaker.objects.order_by("name").values_list("name", "slug", "handle", "url")
    return [(talk.title, sorted(name for _, name in read_speakers(talk))) for talk in talks], list(people)


@pytest.mark.parametrize("restored", [False, True])
def test_speakers_split_again_get_back_talks_given_by_editors(restored):
    make_editors_talks()
    before = tell_editors_talks()
    merge_speakers(Speaker.objects.get(name="Ann Lee"), Speaker.objects.filter(name="Anne Lee"))
    merge_speakers(Speaker.objects.get(name="Cy Dow"), Speaker.objects.filter(name="Ann Lee"))
    assert tell_editors_talks()[1] == [("Cy Dow", "cy-dow", "@anne", "https://example.org/ann")]
    if restored:
        lines = [line.encode() for line in export_base()]
        clear_base()
        import_base(lines)
    for name in ("Anne Lee", "Ann Lee"):
        split_speaker(SpeakerAlias.objects.get(name=name))
    assert tell_editors_talks() == before
    assert not Appearance.objects.filter(merged__isnull=False).exists()
    assert [fault for fault in check_base() if "words" not in fault] == []
