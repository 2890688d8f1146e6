import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from newsvoices.reuse.text_overlap import fingerprints, overlapping, words_in_common, words_of


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from("abcdefgh"), min_size=12, max_size=40), st.integers(0, 20))
def test_any_twelve_words_in_common_share_a_fingerprint(words, at):
    text = [f"x{i}" for i in range(30)]
    other = text[:at] + words[:12] + text[at:]
    both = set(fingerprints(other, size=5, window=8)) & set(fingerprints(words, size=5, window=8))
    assert both


def test_a_common_fingerprint_links_all_without_pairing_all():
    pairs = overlapping([np.array([7], np.uint64)] * 300, least=np.ones(300))
    assert len(pairs) < 300 * 51
    assert {j for _, j in pairs.tolist()} == set(range(1, 300))


def test_words_in_common_need_a_run():
    a, b = words_of("The guns were silent all night."), words_of("All night the guns roared.")
    assert [mask.sum() for mask in words_in_common(a, b, size=2)] == [4, 4]
    assert [mask.sum() for mask in words_in_common(a, b, size=3)] == [0, 0]


def test_words_are_compared_in_lower_case_with_one_apostrophe():
    assert words_of("It’s IT'S, “Zoë”!") == ["it's", "it's", "zoë"]
