import pandas as pd
import pytest

from newsvoices import LossWarning, NothingToCompare
from newsvoices.reuse.outlets import outlets_named


def articles(*outlets):
    ids = [str(number) for number in range(len(outlets))]
    return pd.DataFrame({"article_id": ids, "outlet": outlets})


def test_every_article_with_an_outlet_is_kept_and_the_others_are_told():
    with pytest.warns(LossWarning, match="left out: 2 of 4 articles have no outlet"):
        assert outlets_named(articles("Post", "", "Mail", None)).to_dict() == {"0": "Post", "2": "Mail"}


def test_names_that_look_alike_are_told():
    with pytest.warns(LossWarning, match="'Mail', 'mail '"):
        assert outlets_named(articles("Mail", "mail ")).nunique() == 2


def test_too_few_and_unknown_columns_are_errors_in_a_sentence():
    with pytest.raises(NothingToCompare, match="at least two values of 'outlet'; the articles have: Post"):
        outlets_named(articles("Post", "Post"), least=2)
    with pytest.raises(ValueError, match="no column 'paper'; they have article_id, outlet"):
        outlets_named(articles("Post"), by="paper")
