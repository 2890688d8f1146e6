"""A small share of the assault, for every run of the tests; all of it: python tests/assault."""

import itertools

import broken_formats
import fuzzed_files
import hostile_texts
import kill_points
import payload_pages
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


def test_broken_files_of_every_format_are_read_or_named():
    assert broken_formats.run(60).failures == []


def test_payloads_are_inert_wherever_they_stand():
    assert payloads.run(40).failures == []


@pytest.fixture(scope="module")
def look():
    with payload_pages.browser() as look:
        if look is None:
            pytest.skip("no selenium, chromium and chromedriver here (Debian: chromium, chromium-driver)")
        yield look


@pytest.mark.parametrize("payload", payloads.PAYLOADS[::13])
def test_payloads_are_inert_in_a_browser(look, payload):
    assert payload_pages.check_pages(payload, look) == []


@pytest.mark.parametrize(
    "payload", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<a href=javascript:alert(1)>x"]
)
def test_what_is_alive_in_a_page_is_seen(look, tmp_path, payload):
    (tmp_path / "a.html").write_text(f"<!doctype html>{payload}")
    assert look(tmp_path / "a.html") != []
