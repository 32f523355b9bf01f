"""The catalogue of diagnostics: severity, code, sentence and hint of every message about a post.

`{name}` in a text is replaced by a value that is given to `at`. `{count:talk|talks}` becomes the word before the bar if
the count is 1, else the word after it; `{title:.80}` is a text of at most 80 characters, cut behind a word. Codes never
change their meaning, since people search for them; `docs/writing-posts.md` lists them all.
"""

from dataclasses import dataclass, replace
from functools import partial
from string import Formatter

from talks.counts_and_cut_texts import cut_text
from talks.parsing.diagnostics import Diagnostic, Severity


class _Formatter(Formatter):
    """Inserts values into a text, cuts long ones, and chooses between singular and plural words."""

    def format_field(self, value: object, format_spec: str) -> str:
        one, bar, several = format_spec.partition("|")
        if bar:
            return one if value == 1 else several
        if isinstance(value, str) and (limit := format_spec.removeprefix(".")).isdigit():
            return cut_text(value, int(limit))
        return str(super().format_field(value, format_spec))


_FORMATTER = _Formatter()


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One kind of diagnostic, with placeholders for values in its texts."""

    severity: Severity
    code: str
    message: str
    hint: str = ""

    def at(self, line: int, *, column: int = 1, **values: object) -> Diagnostic:
        """Return the diagnostic for a place in a post, with these values in place of the placeholders of its texts."""
        code, message, hint = (_FORMATTER.vformat(text, (), values) for text in (self.code, self.message, self.hint))
        return Diagnostic(self.severity, code, line, message, hint, column)


_error = partial(CatalogueEntry, Severity.ERROR)
_warning = partial(CatalogueEntry, Severity.WARNING)
_note = partial(CatalogueEntry, Severity.NOTE)

# The file's bytes and characters.

OTHER_ENCODING = _error("not-utf8", "The file is {name}, not UTF-8.", "Save the file as UTF-8.")
BINARY_FILE = _error("not-utf8", "The file is binary, not text.", "Give a markdown file.")
WRONG_BYTE = _error("not-utf8", "The byte 0x{byte:02X} is not UTF-8.", "Save the file as UTF-8.")
NUL_CHARACTER = _error(
    "nul-character",
    "The post contains a NUL character, which no text has.",
    "Save the file as plain UTF-8 text, or remove the character.",
)
EMPTY_POST = _error("empty-post", "The post is empty.", "Write something into it, or leave it out of the import.")
CONTROL_CHARACTERS = _warning(
    "control-characters",
    "Removed {count} control or invisible {count:character|characters}, the first one here.",
    "Remove them from the post if they mean nothing; the notes are imported without them.",
)
LONG_LINE = _warning(
    "long-line",
    "This line is {length:,} characters long, more than notes ever are.",
    "Look whether the file is what you think it is, and break the line.",
)

# Comments, code and links.

COMMENTS = _note(
    "comments",
    "The post has {count:a comment|{count} comments, the first one here}: readers neither see nor find comments.",
)
COMMENT_UNCLOSED = _warning(
    "comment-unclosed",
    "The comment that `{mark}` opens here is never closed, so all that follows is hidden.",
    "Close it, or put a backslash before the mark if it opens no comment.",
)
CODE_UNCLOSED = _warning(
    "code-unclosed",
    "The code that begins here is never closed, so all that follows is read as code.",
    "Put a line of `{fence}` after the code.",
)
FENCE_IGNORED = _warning(
    "fence-ignored",
    "This fence is never closed, and sections follow: it is read as a line left behind, so that these are no code.",
    "Take the line out, or close the code.",
)
LINKS_TOO_OFTEN = _warning(
    "links-too-often",
    "The links that are defined here are used so often that the post would become many times as long.",
    "Links that refer to a label are left as they are written; write out those that matter.",
)

# Front matter: where it begins and ends.

NO_FRONT_MATTER = _note("no-front-matter", "The post has no front matter.", "Begin it with `---`, `title: …`, `---`.")
FRONT_MATTER_LATE = _warning(
    "front-matter-late",
    "There are blank lines above the front matter; it is read nevertheless.",
    "Begin the file with it.",
)
RULE_AT_TOP = _warning(
    "rule-at-top",
    "The post begins with {what} and no keys follow, so it is read as text without front matter.",
    "Front matter begins with a line of exactly three dashes and a `key: value` line.",
)
FRONT_MATTER_UNCLOSED = _error(
    "front-matter-unclosed",
    "The front matter that begins with `{fence}` here is not closed.",
    "Put a line of `{fence}` after the last key.",
)
FRONT_MATTER_ENDED = _warning(
    "front-matter-unclosed",
    f"{FRONT_MATTER_UNCLOSED.message} It is read up to the first blank line.",
    FRONT_MATTER_UNCLOSED.hint,
)

# Front matter that cannot be read.

_CORRECT_JSON = "Correct the JSON front matter, or begin the post with its text."
BRACE_WITHOUT_JSON = _error(
    "front-matter-invalid", "The post begins with a brace, but what follows is no JSON: {reason}.", _CORRECT_JSON
)
JSON_TOO_DEEP = _error("front-matter-invalid", "The JSON at the top is nested too deeply.", _CORRECT_JSON)
TEXT_BEHIND_JSON = _error("front-matter-invalid", "Text follows the JSON front matter on its last line.", _CORRECT_JSON)
FRONT_MATTER_TOO_LONG = _error("front-matter-invalid", "The front matter is longer than 64 kB.", "Shorten it.")
FRONT_MATTER_TOO_DEEP = _error(
    "front-matter-invalid", "The front matter is nested more than {most} deep.", "Make it flat."
)
KEY_TOO_DEEP = _error("front-matter-invalid", "`{key}` is nested more than {most} deep.", "Make it flat.")
ESCAPED_NUL = _error(
    "front-matter-invalid", "`{key}` holds an escaped NUL or half of a surrogate pair.", "Remove the escape sequence."
)
TOML_INVALID = _error(
    "front-matter-invalid", "The front matter is no TOML: {reason}.", "Correct the TOML; texts need quotes."
)
JSON_INVALID = _error("front-matter-invalid", "The front matter is no JSON: {reason}.", "Correct the JSON.")
JSON_WITHOUT_KEYS = _error(
    "front-matter-invalid", "The front matter is no map of keys to values.", 'Write it as `{{"title": …}}`.'
)
FRONT_MATTER_UNREADABLE = _error("front-matter-invalid", "The front matter cannot be read: {reason}.", "Correct it.")
YAML_WITHOUT_KEYS = _error(
    "front-matter-invalid", "The front matter is {what}, not keys with values.", "Write `key: value` lines."
)
SECOND_DOCUMENT = _error("front-matter-invalid", "A second document begins inside the front matter.")
LINE_WITHOUT_KEY = _error(
    "front-matter-invalid", "This line of the front matter is no `key: value`.", "Correct or remove it."
)
LAST_KEY_HOLDS = _warning(
    "front-matter-repeated", "The front matter says `{key}` again, and this value holds.", "Keep one of the two."
)
REPEATED_KEY = _error("front-matter-duplicate", "The front matter says `{key}` twice.", "Keep one of the two.")
UNSAFE_YAML = _error(
    "front-matter-unsafe",
    "The front matter has {what} here, which confnotes does not follow.",
    "Put the value in quotes if the sign is part of the text, or write the value out.",
)
VALUE_NO_YAML = _note(
    "front-matter-loose", "The value of `{key}` is no valid YAML, so it is taken as it is written.", "Put it in quotes."
)
LIST_NO_YAML = _warning(
    "front-matter-list",
    "The list of `{key}` is not closed, or an item begins with a sign that YAML refuses: it is cut at its commas.",
    "Close it with `]`, and put items that begin with a sign such as `#` or `@` in quotes.",
)

# Values of front matter.

TITLE_NOT_TEXT = _error(
    "title-type", "`{key}` is a {kind}, where a text is needed.", "Write it as one text, in quotes."
)
TITLE_EMPTY = _warning(
    "title-empty",
    "The title is empty; the first heading or the file's name is used instead.",
    "Write a title, or leave the key out.",
)
TEXT_UNQUOTED = _note(
    "{what}-type",
    "The {what} `{text:.60}` looks like a {kind}; it is taken as text.",
    "For other programs, put it in quotes.",
)
TEXT_TOO_LONG = _warning("{what}-too-long", "The {what} is longer than {most} characters and was cut.", "Shorten it.")
VALUE_NOT_TEXT = _warning("value-type", "`{key}` is not one text and was left out.", "Write one text.")
LIST_IS_MAP = _warning(
    "{what}-type", "`{key}` is a map, where a list of texts is needed; it was left out.", "Write a list."
)
ITEMS_NOT_TEXT = _warning(
    "{what}-type", "{count} of the values of `{what}` are no texts and were left out.", "Write texts."
)
TOO_MANY_ITEMS = _warning(
    "{what}-too-many", "There are {count:,} values of `{what}`; the first {most} were taken.", "Keep those that matter."
)
DATE_UNKNOWN = _warning(
    "date-unknown", "`{key}` is no date that could be understood, so the post has none.", "Write it like 2017-03-23."
)
DRAFT_UNCLEAR = _warning("draft-unclear", "`{key}` is neither true nor false, so the post is a draft.", "Say which.")

# Hints.

HINTS_NO_TOML = _error("hints-invalid", "This is no TOML: {reason}.", "Texts need quotes.")
HINTS_UNREADABLE = _error(
    "hints-invalid", "The {file} of this post's folder cannot be read, so the post is not imported.", "Correct {path}."
)
HINTS_NO_MAP = _warning(
    "hint-value", "`confnotes` is no map of hints.", "Write `confnotes:` and below it, indented, `series: …`."
)
WRONG_HINT = _warning("hint-value", "The hint `{key}` cannot be {value}.", "It can be {wanted}.")
MISSPELT_HINT = _warning("unknown-hint", "There is no hint called `{key:.60}`.", "Did you mean `{nearest}`?")
UNKNOWN_HINT = replace(MISSPELT_HINT, hint="The keys are {keys}.")

# Conference, talks and takeaways.

NO_TALKS = _note(
    "no-talks",
    "No talk was found in this post.",
    "If it holds some: `holds_talks: true`, or the `talk_level` of their headings, in a `confnotes:` block finds them.",
)
NO_CONFERENCE = _note(
    "no-conference",
    "No conference could be recognised in the post's title or text.",
    "Name it in the title, or as `series` in a `confnotes:` block.",
)
NO_YEAR = _note(
    "no-year",
    "The post does not say the year of {series:.80}.",
    "Write it into the title, or as `year` in a `confnotes:` block.",
)
TOO_MANY_TALKS = _warning(
    "too-many-talks",
    "The post contains more than {most:,} talks; the text after them belongs to no talk.",
    "Split the post.",
)
TALK_WITHOUT_SECTION = _warning(
    "talk-without-section",
    "The lineup names “{title:.80}”, but no section below has this title.",
    "Write a heading with the same title, or leave it.",
)
DOUBTFUL_TALK = _note(
    "doubtful-talk",
    "“{title:.80}”{count:| and {others} more like it} may be a talk, but the evidence is too weak.",
    "If it is one, write `least_certainty: {least:g}` into a `confnotes:` block.",
)
DOUBTFUL_HEADING = replace(
    DOUBTFUL_TALK,
    hint="If it is one, write `talk_level: {level}` or `least_certainty: {least:g}` into a `confnotes:` block.",
)
TALK_WITHOUT_NOTES = _warning(
    "talk-without-notes", "There are no notes of “{title:.80}”.", "Write notes below its title, or leave it."
)
TOO_MANY_TAKEAWAYS = _error(
    "too-many-takeaways", "The talk has {count:,} takeaways; at most {most:,} are possible.", "Split the talk."
)
SPEAKER_UNREAD = _note(
    "speaker-unread",
    "“{title:.80}” has no speaker, but “{name:.80}” may be one.",
    "If so, write `Speaker:` before the name.",
)
REPEATED_POINT = _note("repeated-point", "This point occurs twice in the talk.", "Remove one of them.")
REPEATED_TITLE = _warning(
    "repeated-title",
    "A talk called “{title:.80}” begins in line {other} too.",
    "Give the talks different titles, or join their notes.",
)
SPEAKER_TOO_LONG = _warning(
    "speaker-too-long", "The name of a speaker is longer than {most} characters and was cut.", "Shorten it."
)
UNPLACED_TEXT = _note(
    "unplaced-text",
    "{count} {count:passage|passages} between the talks "
    "{count:belongs to none of them|belong to none of them, the first one here}.",
    "Put what is of a talk below its title. If a talk begins there that was not seen: `talk_level` in a `confnotes:` "
    "block says which headings begin talks.",
)
UNPLACED_NOTES = replace(UNPLACED_TEXT, severity=Severity.WARNING, code="unplaced-notes")
NOTES_BEFORE_TALK = _warning(
    "notes-before-talk",
    "This list is above the first talk, so it belongs to no talk.",
    "Put it below the title of its talk.",
)
MUCH_OUTSIDE = _note(
    "much-outside",
    "{count:,} words of this post, more than half of it, are in no talk; the longest passage begins here.",
    "If they are notes, `talk_level` or `least_certainty` in a `confnotes:` block can assign them to talks.",
)
CORRECTION_UNFIT = _warning(
    "correction-unfit",
    "The correction that {said} does not fit: {reason}.",
    "Open the page “How it is read” of the post in the admin, and make the correction again, or take it back.",
)

_TO_WHICH_TALK = "If this is notes, tick the lines and say of which talk; if not, say that they belong to no talk."
HINTS_FOR_EDITORS = {
    "no-front-matter": "Leave it: what it would say can be said at the foot of this page.",
    "no-talks": "If it holds some, tick the lines where talks begin; the whole post may be one talk, too.",
    "no-conference": "Name it at the foot of this page.",
    "no-year": "Say the year at the foot of this page.",
    "doubtful-talk": "If it is one, press “It is a talk”, or tick it and say that each line like it begins a talk.",
    "talk-without-section": "Tick the line where this talk begins, or leave it.",
    "talk-without-notes": "Tick its notes and say that they are takeaways of this talk, or leave it.",
    "repeated-title": "Give the talks different titles above, or say that the second belongs to the talk above.",
    "speaker-unread": "If it is one, write the name into the field for speakers of the talk above.",
    "repeated-point": "Leave it, or hide one of them in the form of the talk.",
    "unplaced-text": _TO_WHICH_TALK,
    "unplaced-notes": _TO_WHICH_TALK,
    "notes-before-talk": _TO_WHICH_TALK,
    "much-outside": "If this is notes, tick the lines where talks begin, or give the lines to a talk.",
    "correction-unfit": "Make the correction again, or take it back at the foot of this page.",
}
"""What an editor does about a diagnostic on the page of a post's reading, by code; hints speak to the post's writer."""

# Files that the importer cannot or does not read.

_GIVE_FILE = "Give the file itself if it is meant to be a post."
LINKED_FOLDER = _warning("symlink", "A folder above this was replaced by a symbolic link.", _GIVE_FILE)
LINKED_FILE = _warning("symlink", "This is a symbolic link, and links are not followed.", _GIVE_FILE)
FOLDER_NAMED_AS_POST = _warning("not-a-file", "This is a folder with the name of a post.", _GIVE_FILE)
NO_REGULAR_FILE = _warning("not-a-file", "This is no regular file.", _GIVE_FILE)
ZIP_FILE = _error(
    "zip",
    "This is a zip, and only files and folders are imported here.",
    "Unpack it and import its folder, or bring in the zip by the browser: “Bring in posts” above the list of posts.",
)
POST_WITHOUT_FILE = _warning("not-a-file", "This post has no file.", _GIVE_FILE)
UNREADABLE_FILE = _error("unreadable", "This cannot be read: {reason}.", "Look at its permissions.")
UNREADABLE_HINTS_FILE = replace(UNREADABLE_FILE, hint="")
UNREADABLE_ARGUMENT = _error("unreadable", "The file cannot be read: {reason}.", "Give the path of a post.")
CHANGED_MEANWHILE = _error(
    "changed-meanwhile", "The file was changed meanwhile by another program.", "Import it, and try again."
)
FILE_TOO_LARGE = _error(
    "too-large",
    "The file has {size:,} bytes, and a post may have {most:,}.",
    "Split it, or set POST_MAX_BYTES to more.",
)
ARGUMENT_TOO_LARGE = _error(
    "too-large", "The post is larger than {most:,} bytes.", "Split it, or set POST_MAX_BYTES to more."
)
PATH_TOO_LONG = _error(
    "path-too-long",
    "The path below its folder is {length} characters long; at most {most} are possible.",
    "Import a folder deeper down, or shorten names.",
)

# Formats that pandoc reads.

_INSTALL = "Install it, or the package pypandoc_binary."
CONVERTED = _note(
    "converted",
    "This .{ending} was read through pandoc; lines are those of the Markdown that came out.",
    "What is edited here is not written back into such a file.",
)
PANDOC_MISSING = _error("pandoc-missing", "This format is read with pandoc, which is not installed.", _INSTALL)
PANDOC_TOO_SLOW = _error("not-converted", "Pandoc did not read this within {most} seconds.", "Split it.")
PANDOC_NOT_STARTED = _error("not-converted", "Pandoc cannot be started: {reason}.", _INSTALL)
PANDOC_FAILED = _error("not-converted", "Pandoc cannot read this: {reason}", "Correct it, or write Markdown.")
PANDOC_TOO_LONG = _error(
    "not-converted", "What pandoc made of this is more than {most} times as long.", "Write it as Markdown."
)

# Images.

IMAGE_NOT_IN_ZIP = _warning(
    "image-missing",
    "There is no image {image} among the files that came along.",
    "Put it into the zip, or correct the link: it is read from the post's folder, or from the top of the zip.",
)
IMAGE_MISSING = _warning(
    "image-missing",
    "There is no image {image} beside the post, nor below the root of the notes.",
    "Put it there, or correct the link: it is read from the post's folder, or from the root of the notes.",
)
IMAGE_TOO_LARGE = _warning(
    "image-too-large",
    "The image {image} is larger than {most:,} bytes and is not shown.",
    "Make it smaller, or raise MEDIA_MAX_BYTES.",
)
IMAGE_FORMAT = _note(
    "image-format", "The image {image} is not shown, by its format.", "PNG, JPEG, GIF and WebP are taken in."
)
NO_IMAGE = _warning("image-unknown", "The file {image} is no image and is not shown.", IMAGE_FORMAT.hint)
IMAGE_ELSEWHERE = _warning(
    "image-unknown",
    "The file {image} only says where Git LFS keeps the image.",
    "Run `git lfs pull`, and import again.",
)
IMAGE_NOT_READ = _warning(
    "image-not-read", "The image {image} is not taken in: {reason}.", "Put the file itself below the notes' root."
)
IMAGE_CHANGED = _warning(
    "image-not-read", "The file of the image {image} changed while it was copied.", "Import again: it is taken in then."
)
TOO_MANY_IMAGES = _warning(
    "too-many-images", "The post shows more than {most} images; those from here on are not shown.", "Split the post."
)

# Posts that cannot become rows, or not as they are.

_REPORT = "Please report this with the post."
PARSER_FAILED = _error("parser-failed", "The parser failed on this post: {reason}.", _REPORT)
NOT_STORED = _error("not-stored", "The database refuses this post: {reason}.", _REPORT)
SAME_CONTENT = _warning(
    "same-content", "This has the same text as {other}, and is the same post.", "Remove one of the two files."
)
SAME_KEY = _error(
    "same-key",
    "This and {other} would be the same post, `{key}`.",
    "Rename one of the two, give it a `confnotes: id`, or put a confnotes.toml into the folder above both.",
)
KEY_OF_STRANGER = replace(
    SAME_KEY, message="The post `{key}` was imported from {path}, and this is an entirely different text."
)
TEXT_CUT = _warning("text-cut", "The {what} has {count:,} characters and is cut to {most}.", "Shorten it.")
ALIAS_INVALID = _warning(
    "alias-dropped",
    "The alias `{alias}` is left out: it {reason}.",
    "Give the path of an old page, like /2017/03/my-post/.",
)
ALIAS_TAKEN = _warning(
    "alias-dropped",
    "The alias `{alias:.80}` is left out: it belongs to the post {other} already.",
    "Remove it from one of the two.",
)
YEAR_DROPPED = _warning("year-dropped", "{year} is no year of a conference.")
REFERENCE_DROPPED = _warning(
    "reference-dropped", "The link's address has {length:,} characters and is not listed as a reference."
)
PASSAGE_SHOWN_AS_TEXT = _warning("shown-as-text", "The {what} is shown as plain text: {fault}")
TAKEAWAY_SHOWN_AS_TEXT = _warning(
    "shown-as-text", "{fault}", "It is shown as plain text; make it simpler to see it with its markup."
)
EDITED_ON_BOTH_SIDES = _warning(
    "edited-here-and-in-post",
    "{what} changed here and in the post; what was entered here is kept.",
    "Answer the conflict in the admin, or make both texts equal.",
)
