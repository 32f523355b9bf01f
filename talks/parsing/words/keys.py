"""Keys of front matter, and what its values may be called."""

TRUE_WORDS = frozenset({"true", "yes", "on", "y", "1"})
FALSE_WORDS = frozenset({"false", "no", "off", "n", "0"})
STATUS_WORDS = {"draft": "draft", "hidden": "draft", "private": "private", "pending": "draft", "unpublished": "draft"}

TITLE_KEYS = ("title",)
AUTHOR_KEYS = ("author", "authors", "writer", "by")
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
ALIAS_KEYS = ("aliases", "alias", "redirect_from", "redirects")
DESCRIPTION_KEYS = ("description", "summary", "excerpt", "subtitle")
SLUG_KEYS = ("slug",)
URL_KEYS = ("url", "permalink")
LANGUAGE_KEYS = ("lang", "language", "locale")
DRAFT_KEYS = ("draft",)
PUBLISHED_KEYS = ("published", "publish")
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
        *("layout", "categories", "category", "status", "modified"),
    }
)
