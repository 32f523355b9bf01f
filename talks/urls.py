"""Addresses of the pages. Slugs are letters and digits of any script, and hyphens."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from talks.views import elsewhere, events, home, media, notes, people, questions, tags


class WordsConverter(StringConverter):
    """A slug."""

    regex = r"[-\w]+"


class CrossedConverter(StringConverter):
    """Slugs with plus signs between them."""

    regex = r"[-\w]+(?:\+[-\w]+)*"


class NumberConverter:
    """The number of a day, as the model bounds it, without zeros in front."""

    regex = "0|[1-9][0-9]?"

    def to_python(self, value: str) -> int:
        """From the address."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Into the address."""
        return str(value)


class DigestConverter(StringConverter):
    """SHA-256, in hexadecimal."""

    regex = "[0-9a-f]{64}"


register_converter(DigestConverter, "digest")
register_converter(WordsConverter, "words")
register_converter(CrossedConverter, "crossed")
register_converter(NumberConverter, "number")

urlpatterns = [
    path("", home.show_home, name="home"),
    path("conferences/", events.list_conferences, name="conferences"),
    path("conferences/<words:slug>/", events.show_conference, name="conference"),
    path("conferences/<words:conference_slug>/day-<number:number>/", events.show_day, name="day"),
    path("series/", events.list_series, name="series_list"),
    path("series/<words:slug>/", events.show_series, name="series"),
    path("talks/", notes.list_talks, name="talks"),
    path("talks/<words:conference_slug>/<words:talk_slug>/", notes.show_talk, name="talk"),
    path("t/<words:public_id>/", notes.open_takeaway, name="takeaway"),
    path("posts/", notes.list_posts, name="posts"),
    path("posts/<words:slug>/", notes.show_post, name="post"),
    path("media/<digest:digest>.<words:form>", media.show_image, name="media"),
    path("writers/", people.list_writers, name="writers"),
    path("writers/<words:slug>/", people.show_writer, name="writer"),
    path("speakers/", people.list_speakers, name="speakers"),
    path("speakers/<words:slug>/", people.show_speaker, name="speaker"),
    path("tags/", tags.list_tags, name="tags"),
    path("tags/<crossed:slugs>/", tags.show_tag, name="tag"),
    path("references/", tags.list_references, name="references"),
    path("search/", questions.show_results, name="search"),
    path("favicon.ico", elsewhere.show_icon, name="icon"),
    path("robots.txt", elsewhere.show_robots, name="robots"),
    path("<path:path>", elsewhere.follow, name="elsewhere"),
]
