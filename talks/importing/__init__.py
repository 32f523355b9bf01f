"""The importer: it stores posts as rows and never overwrites an editor's change.

Other packages import this module only.
"""

from talks.importing.escaping import escape
from talks.importing.gc_thresholds import collect_garbage_seldom
from talks.importing.leading_posts import find_leading_sources, follow_leading_posts, list_talks_of
from talks.importing.post_identity import make_digest
from talks.importing.post_import import OnProgress, import_posts
from talks.importing.removal import ChangedMeanwhileError, Removal, remove_posts, render_removal
from talks.importing.report import ImportReport, PostOutcome, describe_outcomes, find_place, render_json, render_text
from talks.importing.rereading import (
    ImportRunningError,
    NotRereadError,
    find_post_of_file,
    make_content_source,
    make_lone_source,
    read_content,
    read_corrected,
    refuse_to_wait,
    reimport_posts,
)
from talks.importing.run_undoing import Undoing, describe_latest_runs, render_undoing, undo_run
from talks.importing.sources.files import Content, NotFoundError
from talks.importing.sources.local_images import NoImageError, list_images
from talks.importing.sources.texts import remark_conversion
from talks.importing.store.day_order import number_talks
from talks.importing.store.emptied_events import clear_events
from talks.importing.store.image_store import keep_image
from talks.importing.store.import_lock import hold_lock
from talks.importing.store.run_journal import read_last
from talks.importing.watched_posts import watch_posts
from talks.importing.withdrawn_posts import find_absent, withdraw_absent
