"""The tables of the search index, which contain the words of talks and posts and can be rebuilt from other rows.

Only `talks.search` reads and writes these tables; docs/search.md explains how they are used.
"""

from django.db import models

from talks.compact_fields import CompressedTextField
from talks.models.lengths import LANGUAGE_LENGTH


class SearchDocument(models.Model):
    """What search can find: a talk, or the text of a post that belongs to no talk.

    `key` is the talk's primary key, or the negated primary key of the post. `sources` are the primary keys of the
    talk's takeaways, or the numbers of lines of the post's passages, in the order of the document's units.
    """

    key = models.BigIntegerField(primary_key=True)
    block = models.IntegerField(db_index=True)
    audience = models.PositiveSmallIntegerField()
    conference = models.IntegerField(help_text="Its primary key, or 0.")
    year = models.PositiveSmallIntegerField(help_text="0 where the notes do not tell it.")
    day = models.SmallIntegerField(help_text="-1 where the notes know no days.")
    language = models.CharField(max_length=LANGUAGE_LENGTH)
    kinds = models.PositiveSmallIntegerField(help_text="A bit for each kind of reference that it points to, and so on.")
    size = models.PositiveIntegerField(help_text="Words of the notes.")
    speakers = models.BinaryField()
    tags = models.BinaryField()
    writers = models.BinaryField()
    sources = models.BinaryField()
    words = CompressedTextField(help_text="Its words, each once, with spaces between them.")

    def __str__(self) -> str:
        return f"talk {self.key}" if self.key > 0 else f"post {-self.key}"


class SearchPosting(models.Model):
    """The places of one word in the documents of one block, encoded by `talks.search.postings` in `places`."""

    pk = models.CompositePrimaryKey("word", "block")
    word = models.BinaryField(max_length=250, help_text="In UTF-8: bytes sort alike on every database.")
    block = models.IntegerField()
    places = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["block"], name="postings_of_block")]

    def __str__(self) -> str:
        return bytes(self.word).decode()


class SearchWord(models.Model):
    """A word of the index, with its stem by the rules of one language, such as `en:migrat`."""

    stem = models.CharField(max_length=70)
    word = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stem", "word"], name="search_word_once_a_stem")]

    def __str__(self) -> str:
        return self.word


class SearchBlock(models.Model):
    """A block of documents with neighbouring keys. Its stamp changes with its documents, so that caches can notice."""

    block = models.IntegerField(primary_key=True)
    stamp = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.block)
