"""All changes that an editor can make, without the admin's forms: merge, split, move, hide, correct, upload."""

from talks.editing.changes_of_many_rows import find_tag, move_talks, refuse_tag, tag_rows
from talks.editing.changes_of_posts import set_posts_withdrawn, set_visibility
from talks.editing.changes_of_takeaways import Part, switch_takeaways
from talks.editing.changes_of_talks import restore_talks, set_talks_hidden
from talks.editing.conflicts import can_take, read_present_value, settle_conflict
from talks.editing.corrections import (
    NotCorrectedError,
    OutdatedError,
    OutsideTalksError,
    UnchangedError,
    add_corrections,
    apply_correction,
    choose_posts,
    digest_posts,
    list_statements,
    make_reading_url,
    make_version,
    preview_corrections,
    preview_reading,
    switch_correction,
    undo_last_save,
)
from talks.editing.doubt_answers import keep_doubted_private, name_folder, settle_doubt
from talks.editing.doubts import KINDS as DOUBT_KINDS
from talks.editing.doubts import (
    Doubt,
    choose_pressing,
    dismiss_doubts,
    find_images_of,
    list_doubts,
    list_lines_of_nobody,
    quote_posts,
    take_up_doubts,
)
from talks.editing.folder_rules import RuleEffect, find_rules, preview_rule
from talks.editing.other_names import forget_names, keep_former_name, list_names, list_other_names
from talks.editing.page_stamps import make_stamp
from talks.editing.saved_rows import delete_rows, save_row
from talks.editing.series_merges import merge_series, split_series
from talks.editing.speaker_merges import merge_speakers, split_speaker
from talks.editing.suggested_merges import (
    find_alike_speakers,
    list_speakers_apart,
    store_different_speakers,
    suggest_pair_again,
)
from talks.editing.tag_merges import list_talks_tagged, merge_tags, split_tag
from talks.editing.takeaway_order import walk_takeaways
from talks.editing.talk_changes import preview_talk_changes, watch_talks
from talks.editing.talks_of_rows import find_talks_of, list_talks_of_rows
from talks.editing.uploaded_images import MissingImage, give_images, list_missing_images, match_images
from talks.editing.uploads import (
    PreviewOutdatedError,
    answer_upload,
    import_upload,
    keep_upload,
    list_contents,
    preview_upload,
    read_upload,
)
