def test_a_quote_tells_its_speakers_chain_role_and_verb(rows):
    (row,) = rows("The engineer Edda Marlow warned that the dam would not hold.")
    assert (row["actor"], row["role"], row["speaker_type"]) == ("Edda Marlow", "engineer", "person")
    assert (row["cue_verb"], row["cue_family"]) == ("warn", "warning")


def test_a_quote_that_nobody_speaks_has_none_of_them(rows):
    (row,) = rows("“Nobody owns these words at all.”")
    assert (row["actor"], row["role"], row["speaker_type"], row["anonymity"]) == ("", "", "none", "")
