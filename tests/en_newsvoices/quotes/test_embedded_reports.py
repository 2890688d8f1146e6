def test_what_somebody_is_quoted_to_have_said_is_a_quote_of_theirs(rows):
    found = rows("“He asked me, ‘Which four of us?’ and I wept,” said Ilse Maren.")
    assert [(row["text"], row["speaker"]) for row in found if row["how"] == "in marks within a quote"] == [
        ("Which four of us?", "He")
    ]


def test_terms_in_marks_within_a_quote_are_nobodys(rows):
    assert len(rows("“The so-called ‘experts’ were wrong about the dam,” said Ilse Maren.")) == 1
