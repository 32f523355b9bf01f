from hypothesis import given
from hypothesis import strategies as st

from talks.search.postings import (
    MOST_PLACES,
    compress_places,
    encode_places,
    expand_places,
    merge_places,
    pack_documents,
    unpack_places,
)

_PLACES = st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=4, unique=True).map(sorted)
_DOCUMENTS = st.dictionaries(st.integers(0, 511), _PLACES)


def pack(documents):
    return pack_documents((slot, {"word": encode_places(documents[slot])}) for slot in sorted(documents)).get(
        "word", b""
    )


@given(_DOCUMENTS)
def test_unpacking_encoded_places_returns_them(documents):
    assert unpack_places(pack(documents)) == documents


@given(_DOCUMENTS, _DOCUMENTS, st.sets(st.integers(0, 511)))
def test_merging_encoded_places_equals_encoding_all_together(old, new, gone):
    due = {slot: places for slot, places in old.items() if slot not in gone} | new
    assert merge_places(pack(old), gone | (old.keys() & new.keys()), pack(new)) == pack(due)


@given(_DOCUMENTS)
def test_appending_documents_of_higher_slots_equals_encoding_all_together(documents):
    first = {slot: places for slot, places in documents.items() if slot < 200}
    then = {slot: places for slot, places in documents.items() if slot >= 200}
    assert merge_places(pack(first), set(), pack(then)) == pack(documents)


@given(_DOCUMENTS)
def test_expanding_a_stored_value_returns_what_was_compressed(documents):
    assert expand_places(compress_places(pack(documents))) == pack(documents)


def test_long_values_are_stored_compressed_and_short_ones_unchanged():
    short, long = pack({3: [1]}), pack({slot: [4096] for slot in range(200)})
    assert compress_places(short) == short
    assert len(compress_places(long)) < len(long) / 3


def test_packing_documents_encodes_the_places_of_each_word_separately():
    values = pack_documents(
        [(1, {"go": encode_places([3]), "rust": encode_places([1, 2])}), (7, {"go": encode_places([4, 5])})]
    )
    assert {word: unpack_places(value) for word, value in values.items()} == {
        "go": {1: [3], 7: [4, 5]},
        "rust": {1: [1, 2]},
    }


def test_encoded_places_of_a_word_in_a_document_are_limited():
    assert len(unpack_places(pack({1: list(range(MOST_PLACES + 5))}))[1]) == MOST_PLACES
