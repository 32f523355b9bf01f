"""The addresses of all pages. Slugs consist of letters and digits of any script, and hyphens."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path, register_converter
from django.urls.converters import IntConverter, StringConverter

from talks import feeds
from talks.views import events, home, images, people, redirects, robots_and_sitemaps, search, tags, talks_and_posts
from talks.views.page_base import FORMAT_ROUTE, render_other_formats

View = Callable[..., HttpResponse]


_PARTS = {
    "words": r"[-\w]+",  # a slug
    "crossed": r"[-\w]+(?:\+[-\w]+)*",  # slugs joined by plus signs, as in `/tags/docker+kubernetes/`
    "digest": "[0-9a-f]{64}",  # SHA-256 in hexadecimal
    "suffix": "json|md",  # of a page's address in another format
    "feed": "atom|json",  # the format of a feed
    "feed_kind": "|".join(feeds.FEEDS),  # the kind of page that a feed belongs to, such as tags
}
for part, regex in _PARTS.items():
    register_converter(type(part, (StringConverter,), {"regex": regex}), part)


class DayNumber(IntConverter):
    """Matches, in an address, the number of a day: 0 to 99, without leading zeros."""

    regex = "0|[1-9][0-9]?"


register_converter(DayNumber, "number")


def page(route: str, view: View, name: str) -> list[URLPattern]:
    """Return the two routes of a page: for HTML, and for other formats, where `.json` or `.md` replaces the last "/".

    The home page's other formats are `/index.json` and `/index.md`.
    """
    suffixed = f"{route.removesuffix('/') or 'index'}.<suffix:suffix>"
    return [path(route, view, name=name), path(suffixed, render_other_formats(view), name=f"{name}{FORMAT_ROUTE}")]


urlpatterns = [
    *page("", home.show_home, name="home"),
    *page("conferences/", events.list_conferences, name="conferences"),
    *page("conferences/<words:slug>/", events.show_conference, name="conference"),
    *page("conferences/<words:conference_slug>/day-<number:number>/", events.show_day, name="day"),
    *page("series/", events.list_series, name="series_list"),
    *page("series/<words:slug>/", events.show_series, name="series"),
    *page("talks/", talks_and_posts.list_talks, name="talks"),
    *page("talks/<words:conference_slug>/<words:talk_slug>/", talks_and_posts.show_talk, name="talk"),
    path("t/<words:public_id>/", talks_and_posts.open_takeaway, name="takeaway"),
    path("t/<words:public_id>.<suffix:suffix>", talks_and_posts.show_takeaway, name=f"takeaway{FORMAT_ROUTE}"),
    *page("posts/", talks_and_posts.list_posts, name="posts"),
    *page("posts/<words:slug>/", talks_and_posts.show_post, name="post"),
    path("media/<digest:digest>.<words:ending>", images.show_image, name="media"),
    *page("writers/", people.list_writers, name="writers"),
    *page("writers/<words:slug>/", people.show_writer, name="writer"),
    *page("speakers/", people.list_speakers, name="speakers"),
    *page("speakers/<words:slug>/", people.show_speaker, name="speaker"),
    *page("tags/", tags.list_tags, name="tags"),
    *page("tags/<crossed:slugs>/", tags.show_tag, name="tag"),
    *page("references/", tags.list_references, name="references"),
    *page("search/", search.show_results, name="search"),
    path("search/suggest/", search.show_suggestions, name="suggest"),
    path("favicon.ico", redirects.show_icon, name="icon"),
    path("feed.<feed:suffix>", feeds.show_latest, name="latest_feed"),
    path("search/feed.<feed:suffix>", feeds.show_found, name="search_feed"),
    path("<feed_kind:kind>/<crossed:slug>/feed.<feed:suffix>", feeds.show_feed, name="feed"),
    path("sitemap.xml", robots_and_sitemaps.show_sitemaps, name="sitemaps"),
    path("sitemap-<words:kind>-<int:number>.xml", robots_and_sitemaps.show_sitemap, name="sitemap"),
    path("opensearch.xml", robots_and_sitemaps.show_search_description, name="search_description"),
    path("robots.txt", robots_and_sitemaps.show_robots, name="robots"),
    path("llms.txt", robots_and_sitemaps.show_llms, name="llms"),
    path("<path:path>", redirects.redirect_old_address, name="elsewhere"),
]
