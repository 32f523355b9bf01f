"""The models of the knowledge base, each beside the queryset that reads its rows."""

from talks.models.addresses import write_address
from talks.models.base_version import BaseChange, BaseVersion, read_version
from talks.models.conflicts import Conflict, Decision, keep_decisions, name_subject
from talks.models.corrections import Correction, add_replaced
from talks.models.database_faults import describe_fault, is_temporary
from talks.models.editor_touches import EditorTouch, make_lasting_name
from talks.models.events import (
    CONFERENCE_PATH,
    NO_CONFERENCE,
    SERIES_PATH,
    Conference,
    Day,
    Edition,
    Series,
    select_conferences,
)
from talks.models.images import Media, PostMedia
from talks.models.lengths import (
    ALT_LENGTH,
    HANDLE_LENGTH,
    LANGUAGE_LENGTH,
    LOGIN_LENGTH,
    REFERENCE_KIND_LENGTH,
    SLUG_LENGTH,
)
from talks.models.old_post_addresses import AliasError, is_page, read_alias
from talks.models.people import Appearance, Speaker, SpeakerAlias, Writer
from talks.models.posts import Post, PostAlias, TalkSource, load_days, load_told, load_years
from talks.models.prepared_queries import PreparedRows, prepared, read_parts
from talks.models.reference_identity import NO_WEB_ADDRESS, Resource, name_repository, rank_address, read_resource
from talks.models.references import Citation, CitedReference, Reference, list_cited
from talks.models.runs import ImportOutcome, ImportRun
from talks.models.search_index import SearchBlock, SearchDocument, SearchPosting, SearchWord
from talks.models.subqueries import count_rows
from talks.models.tags import (
    CountedTag,
    Tag,
    TagAlias,
    Tagged,
    TaggedPost,
    TaggedTakeaway,
    TaggedTalk,
    TagListing,
    TagPair,
    count_editions,
    load_tags_called,
)
from talks.models.takeaways import Takeaway, TakeawayQuerySet, group_by_parent, pair_with_parents
from talks.models.talks import Talk, TalkAddress, TalkCards, TalkQuerySet, list_noting_posts, load_tag_mentions
from talks.models.uploads import Upload
from talks.models.visibility import Audience
