"""A small share of the assault, for every run of the tests; all of it: python tests/assault."""

import itertools

import fuzzed_files
import hostile_texts
import kill_points
import payloads
import pytest
from common import attack


def test_fuzzed_files_are_read_or_named():
    assert fuzzed_files.run(100).failures == []


@pytest.mark.filterwarnings("ignore")
def test_hostile_texts_are_analysed_and_every_offset_is_true():
    assert (
        attack(
            "texts", itertools.islice(hostile_texts.texts(200, length=300), 0, 200, 10), hostile_texts.check
        ).failures
        == []
    )


def test_killed_runs_are_finished_as_if_undisturbed():
    assert kill_points.run(6).failures == []


def test_payloads_are_inert_wherever_they_stand():
    assert payloads.run(40).failures == []
