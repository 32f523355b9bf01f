"""Answers for programs: sitemaps, robots.txt, llms.txt and the OpenSearch description."""

from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from talks.models import Conference, Post, Series, Speaker, Tag, Talk, Writer

ADDRESSES_A_SITEMAP = 5_000  # the protocol allows 50,000 in 50 MB
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_KINDS: dict[str, Any] = {
    "talks": Talk,
    "conferences": Conference,
    "series": Series,
    "speakers": Speaker,
    "tags": Tag,
    "posts": Post,
    "writers": Writer,
}


@require_safe
def show_robots(request: HttpRequest) -> HttpResponse:
    """Return robots.txt, which asks robots not to read searches and pages of several tags."""
    return render(request, "robots.txt", {"site": settings.SITE_URL}, content_type="text/plain; charset=utf-8")


@require_safe
def show_llms(request: HttpRequest) -> HttpResponse:
    """Return llms.txt, a description of the site for language models: https://llmstxt.org."""
    return render(request, "llms.txt", {"site": settings.SITE_URL}, content_type="text/plain; charset=utf-8")


@require_safe
def show_sitemaps(request: HttpRequest) -> HttpResponse:
    """Return the XML index of all sitemaps."""
    paths = [
        reverse("sitemap", args=[kind, number])
        for kind, model in _KINDS.items()
        for number in range(1, -(-model.objects.visible().count() // ADDRESSES_A_SITEMAP) + 1)
    ]
    return _write_sitemap("sitemapindex", "sitemap", paths)


@require_safe
def show_sitemap(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """Return one sitemap of a kind of pages, such as talks; `number` counts from 1. Raises 404 if it would be empty."""
    if kind not in _KINDS or number < 1:
        raise Http404
    rows = _KINDS[kind].objects.visible().order_by("pk")
    if kind == "talks":
        rows = rows.select_related("conference")
    first = (number - 1) * ADDRESSES_A_SITEMAP
    paths = [row.get_absolute_url() for row in rows[first : first + ADDRESSES_A_SITEMAP]]
    if not paths:
        raise Http404
    return _write_sitemap("urlset", "url", paths)


def _write_sitemap(root: str, item: str, paths: list[str]) -> HttpResponse:
    xml = Element(root, xmlns=_SITEMAP)
    for path in paths:
        SubElement(SubElement(xml, item), "loc").text = settings.SITE_URL + path
    return HttpResponse(tostring(xml, "utf-8"), content_type="application/xml; charset=utf-8")


@require_safe
def show_search_description(request: HttpRequest) -> HttpResponse:
    """Return the description by which browsers offer a search of this site: https://github.com/dewitt/opensearch."""
    kind = "application/opensearchdescription+xml; charset=utf-8"
    return render(request, "opensearch.xml", {"site": settings.SITE_URL}, content_type=kind)
