"""Keys of front matter, and words that their values may have."""

TRUE_WORDS = frozenset({"true", "yes", "on", "y", "1"})
FALSE_WORDS = frozenset({"false", "no", "off", "n", "0"})
STATUS_WORDS = {"draft": "draft", "hidden": "draft", "private": "private", "pending": "draft", "unpublished": "draft"}

TITLE_KEYS = ("title",)
AUTHOR_KEYS = ("author", "authors", "writer")
DATE_KEYS = (
    "date",
    "published_on",
    "published_at",
    "publishdate",
    "publish_date",
    "pubdate",
    "pub_date",
    "pubdatetime",
    "date_published",
    "published",
    "created",
    "created_at",
)
TAG_KEYS = ("tags", "tag", "keywords")
CATEGORY_KEYS = ("categories", "category")
ALIAS_KEYS = ("aliases", "alias", "redirect_from", "redirects")
DESCRIPTION_KEYS = ("description", "summary", "excerpt", "subtitle")
SLUG_KEYS = ("slug",)
URL_KEYS = ("url", "permalink")
LANGUAGE_KEYS = ("lang", "language", "locale")
DRAFT_KEYS = ("draft", "private")
PUBLISHED_KEYS = ("published", "publish", "public", "dg-publish")
SPEAKER_KEYS = ("speakers", "speaker", "presenters", "presenter", "presented_by", "presented by", "by")
TALK_TITLE_KEYS = ("talk", "talk_title", "session", "session_title")
EVENT_KEYS = ("conference", "event", "conf")
EVENT_YEAR_KEYS = ("event_year", "conference_year", "year")
COMPANY_KEYS = ("affiliation", "company", "organization", "organisation", "org")
VIDEO_KEYS = ("video", "video_url", "youtube", "recording")
SLIDES_KEYS = ("slides", "slides_url", "deck", "presentation")
TALK_KEYS = (*SPEAKER_KEYS, *TALK_TITLE_KEYS)
FRONT_MATTER_KEYS = frozenset(
    {
        *TITLE_KEYS,
        *AUTHOR_KEYS,
        *DATE_KEYS,
        *TAG_KEYS,
        *ALIAS_KEYS,
        *DESCRIPTION_KEYS,
        *SLUG_KEYS,
        *URL_KEYS,
        *LANGUAGE_KEYS,
        *DRAFT_KEYS,
        *PUBLISHED_KEYS,
        *CATEGORY_KEYS,
        *("layout", "status", "modified"),
    }
)
