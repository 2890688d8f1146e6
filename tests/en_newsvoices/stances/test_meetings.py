from en_newsvoices.stances.meetings import meetings

# Rudek praised Maren . He said Borin lied . It rained .
SENTENCES = [(0, 4), (4, 9), (9, 12)]
MENTIONS = [(0, 1, "Rudek"), (2, 3, "Maren"), (4, 5, "Rudek"), (6, 7, "Borin")]


def met(said=()):
    return {(one, other): meeting for one, other, meeting in meetings(SENTENCES, MENTIONS, said)}


def test_two_actors_of_one_sentence_meet_in_the_order_of_the_text():
    found = met()
    assert set(found) == {("Rudek", "Maren"), ("Rudek", "Borin")}
    assert found["Rudek", "Borin"] == (4, 9, ((4, 5),), ((6, 7),), (), ())


def test_a_speaker_who_is_not_named_in_a_sentence_meets_whom_it_names():
    found = met([("Sava", [(2, 6)])])
    assert found["Sava", "Maren"] == (0, 4, (), ((2, 3),), ((2, 4),), ())
    assert found["Sava", "Rudek"].first_says == ((4, 6),)  # the later sentence


def test_what_a_named_speaker_says_is_marked():
    assert met([("Rudek", [(6, 8)])])["Rudek", "Borin"].first_says == ((6, 8),)


def test_two_speakers_meet_nowhere_where_nobody_is_named():
    quiet = list(meetings([(9, 12)], MENTIONS, [("Sava", [(9, 11)]), ("Rudek", [(9, 12)])]))
    assert quiet == []
