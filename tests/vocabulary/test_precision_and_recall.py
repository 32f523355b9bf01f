"""Precision and recall of mentions are those that docs/tags.md promises, measured on readers' annotations."""

import pytest

from talks.vocabulary import compile_vocabulary
from tests.vocabulary.annotated import CORPUS, score

PRECISION, RECALL = 0.95, 0.90


@pytest.mark.slow
@pytest.mark.parametrize("held_out", [False, True])
def test_mentions_have_the_required_precision_and_recall(held_out, record_property):
    if not CORPUS.is_dir():
        pytest.skip("the corpus is absent")
    result = score(compile_vocabulary(), held_out=held_out)
    record_property("precision", result.precision)
    record_property("recall", result.recall)
    assert result.units >= 160
    assert result.precision >= PRECISION
    assert result.recall >= RECALL
