"""The admin page that suggests speakers who may be one person under several names.

The page also lists the pairs of speakers that editors declared different.
"""

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.paginator import Paginator
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from talks import editing
from talks.admin.desk_pages import for_editors, log_change, show_page
from talks.admin.form_fields import is_row_id
from talks.admin.name_merges import MOST_AT_ONCE
from talks.models import Appearance, Speaker

PROPOSALS = 200


def show_alike(request: HttpRequest) -> HttpResponse:
    """Show groups of speakers who may be one person, with buttons to merge them or declare them different.

    A POST stores that speakers are different people, or deletes such a decision.
    """
    if "again" in request.POST:
        editing.suggest_pair_again(request.POST["again"])
        return redirect("admin:talks_speaker_alike")
    if request.method == "POST":
        return _store_different(request)
    groups = editing.find_alike_speakers()
    shown = groups[:PROPOSALS]
    talks = Appearance.objects.filter(talk__withdrawn=False).select_related("talk__conference__series")
    prefetch_related_objects(
        [speaker for group in shown for speaker in group.speakers],
        Prefetch("appearances", talks.order_by("-talk__conference__year", "talk__sort_key"), to_attr="seen"),
    )
    return show_page(
        request,
        "speaker_alike",
        "Speakers who may be one person",
        Speaker,
        groups=shown,
        more=len(groups) - len(shown),
        checkbox=ACTION_CHECKBOX_NAME,
        page=Paginator(editing.list_speakers_apart(), PROPOSALS).get_page(request.GET.get("page")),
    )


def _store_different(request: HttpRequest) -> HttpResponse:
    chosen = [pk for pk in request.POST.getlist(ACTION_CHECKBOX_NAME) if is_row_id(pk)][:MOST_AT_ONCE]
    speakers = list(Speaker.objects.filter(pk__in=chosen).order_by("sort_key", "pk"))
    editing.store_different_speakers(speakers)
    for speaker in speakers:
        others = ", ".join(other.name for other in speakers if other != speaker)
        log_change(request, speaker, f"Told apart from {others}.")
    if len(speakers) > 1:
        told = " and ".join(speaker.name for speaker in speakers)
        messages.info(request, f"{told} are not the same person; this is not asked again.")
    return redirect("admin:talks_speaker_alike")


urlpatterns = [path("alike/", for_editors(show_alike, Speaker), name="talks_speaker_alike")]
