import pytest
from django.contrib.messages import get_messages

from talks import derived
from talks.editing import find_alike_speakers
from talks.models import Decision, Speaker, SpeakerAlias
from tests import builders as make
from tests.admin.rows import log_in, read_history

pytestmark = pytest.mark.django_db

LIST, ALIKE = "/admin/talks/speaker/", "/admin/talks/speaker/alike/"


@pytest.fixture
def pair():
    post = make.make_post()
    make.make_talk("One", post=post, speakers=["José Valim"])
    make.make_talk("Two", post=post, speakers=["Jose Valim"])
    return Speaker.objects.get(name="José Valim"), Speaker.objects.get(name="Jose Valim")


def ask(client, action, rows, **fields):
    return client.post(LIST, {"action": action, "_selected_action": [row.pk for row in rows], **fields})


def test_speakers_with_similar_names_are_suggested_for_merging(pair):
    make.make_speaker("Somebody Else")
    html = log_in(superuser=True).get(ALIKE).content.decode()
    assert [name in html for name in ("José Valim", "Jose Valim", "Somebody Else")] == [True, True, False]


def test_a_confirmed_merge_of_speakers_appears_in_their_history(pair):
    kept, _ = pair
    response = ask(log_in(superuser=True), "merge", pair, kept=kept.pk)
    assert (response.status_code, Speaker.objects.get(), kept.appearances.count()) == (302, kept, 2)
    assert SpeakerAlias.objects.get().name == "Jose Valim"
    assert read_history(kept) == ["Merged with Jose Valim."]
    assert [str(said) for said in get_messages(response.wsgi_request)] == [
        "Jose Valim: now another name of José Valim."
    ]
    assert derived.find_stale_search_text() == []


def test_a_split_of_speakers_is_done_after_confirmation(pair):
    client, (kept, _) = log_in(superuser=True), pair
    ask(client, "merge", pair, kept=kept.pk)
    alias = SpeakerAlias.objects.get()
    page = ask(client, "split", [kept]).content.decode()
    assert "Which name is something else?" in page
    assert f'value="{alias.pk}" required checked>' in page
    assert ask(client, "split", [kept], name=alias.pk).status_code == 302
    assert sorted(Speaker.objects.values_list("name", flat=True)) == ["Jose Valim", "José Valim"]
    assert derived.find_stale_search_text() == []


def test_no_new_speaker_can_have_a_merged_speakers_name(pair):
    client, (kept, _) = log_in(superuser=True), pair
    ask(client, "merge", pair, kept=kept.pk)
    response = client.post(f"{LIST}add/", {"name": "jose valim", "handle": "", "url": ""})
    assert "another name of José Valim already" in response.content.decode()


def test_view_permission_merges_no_speakers(pair):
    client = log_in("view_speaker")
    assert client.get(ALIKE).status_code == 403
    ask(client, "merge", pair, kept=pair[0].pk)
    assert Speaker.objects.count() == 2


def test_speakers_declared_different_are_not_suggested_again(pair):
    client = log_in(superuser=True)
    third = make.make_speaker("José A. Valim")
    assert sorted(len(group.speakers) for group in find_alike_speakers()) == [2, 3]
    response = client.post(ALIKE, {"_selected_action": [row.pk for row in pair]})
    assert (response.status_code, response.url) == (302, ALIKE)
    assert [{row.name for row in group.speakers} for group in find_alike_speakers()] == [
        {row.name for row in (*pair, third)}
    ]
    client.post(ALIKE, {"_selected_action": [row.pk for row in (*pair, third)]})
    assert find_alike_speakers() == []
    assert read_history(pair[0])[-1] == "Told apart from Jose Valim."
    decided = Decision.objects.filter(kind="apart").order_by("subject").values_list("subject", flat=True)
    assert list(decided) == [
        "speaker:jose-a-valim speaker:jose-valim",
        "speaker:jose-a-valim speaker:jose-valim-2",
        "speaker:jose-valim speaker:jose-valim-2",
    ]
    make.make_speaker("J\u00f4se Valim")
    assert sorted(len(group.speakers) for group in find_alike_speakers()) == [3, 4]


@pytest.mark.parametrize("chosen", [[], ["1"], ["x", "99999999999999999999", "0"]])
def test_declaring_fewer_than_two_speakers_different_changes_nothing(pair, chosen):
    assert log_in(superuser=True).post(ALIKE, {"_selected_action": chosen}).status_code == 302
    assert (Decision.objects.count(), len(find_alike_speakers())) == (0, 1)


def test_view_permission_declares_no_speakers_different(pair):
    data = {"_selected_action": [row.pk for row in pair]}
    assert log_in("view_speaker").post(ALIKE, data).status_code == 403
    assert Decision.objects.count() == 0


def test_two_of_three_suggested_speakers_can_be_merged(pair):
    third = make.make_speaker("José A. Valim")
    assert "Which name stays?" in ask(log_in(superuser=True), "merge", [*pair, third]).content.decode()
    ask(log_in(superuser=True), "merge", pair, kept=pair[0].pk)
    assert set(Speaker.objects.all()) == {pair[0], third}


def test_speakers_declared_different_can_be_suggested_again(pair):
    client = log_in(superuser=True)
    client.post(ALIKE, {"_selected_action": [speaker.pk for speaker in pair]})
    [(subject, told)] = client.get(ALIKE).context_data["page"].object_list
    assert ({*told}, find_alike_speakers()) == ({*pair}, [])
    client.post(ALIKE, {"again": subject})
    assert [{*alike.speakers} for alike in find_alike_speakers()] == [{*pair}]
