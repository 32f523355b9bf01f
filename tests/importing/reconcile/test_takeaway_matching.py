import pytest

from talks.importing.reconcile import takeaway_matching
from talks.importing.reconcile.takeaway_matching import align_texts

A = "Low latency trading wants few network hops"
B = "Ring buffers are used all over the place"
C = "Replays of production traffic find the slow paths"
D = "Warm up the virtual machine before the market opens"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ([], [], []),
        ([A], [], []),
        ([], [A], [None]),
        ([A, B, C], [A, B, C], [0, 1, 2]),
        ([A, B, C], [C, A, B], [2, 0, 1]),
        ([A, B, C], [A, D, B, C], [0, None, 1, 2]),
        ([A, B, C], [A, C], [0, 2]),
        ([A, B, C], [A, B.replace("all over the place", "in many places"), C], [0, 1, 2]),
        ([A, B, C], [B, A.replace("wants few", "needs fewer"), C], [1, 0, 2]),
        ([A, A, B], [A, B, A], [0, 2, 1]),
        ([A], [A, A], [0, None]),
        ([A], ["Something that has nothing to do with any of it"], [None]),
        (["one\n  two three"], ["one two\nthree"], [0]),
    ],
)
def test_takeaways_match_former_equal_or_reworded_texts_in_any_order(old, new, found):
    assert align_texts(old, new, threshold=0.6) == found


def test_a_takeaway_matches_the_more_similar_of_two_texts():
    assert align_texts([A], [A.replace("Low latency trading", "It all"), A + " a day"], threshold=0.6) == [None, 0]


def test_reworded_takeaways_match_in_order():
    old = [f"{text} ({number})" for number, text in enumerate([A, A, A, A])]
    new = [f"{text} [{number}]" for number, text in enumerate([A, A, A, A])]
    assert align_texts(old, new, threshold=0.6) == [0, 1, 2, 3]


def test_matching_many_texts_compares_a_limited_number_of_pairs(monkeypatch):
    compared = []

    def count(old, new, threshold):
        compared.append((old, new))
        return 0.7

    monkeypatch.setattr(takeaway_matching, "measure_text_likeness", count)
    found = align_texts([f"a{i}" for i in range(5_000)], [f"b{i}" for i in range(5_000)], threshold=0.6)
    assert found == list(range(5_000))
    assert len(compared) <= 5 * takeaway_matching.MOST_PAIRS
