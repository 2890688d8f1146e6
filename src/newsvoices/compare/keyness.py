"""Keyness: which words set an outlet apart from all the others."""

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..losses import empty_where_nothing_to_compare
from ..reuse.text_overlap import words_of
from ..reuse.wire_copies import articles_without_copies
from .grouping import outlets_of

if TYPE_CHECKING:
    from spacy.language import Language

_CONTENT = {"NOUN", "PROPN", "VERB", "ADJ"}
_LEMMATISING = {
    "tok2vec",
    "transformer",
    "tagger",
    "morphologizer",
    "attribute_ruler",
    "lemmatizer",
    "trainable_lemmatizer",
}


def terms(
    rows: pd.DataFrame, *, column: str = "text", nlp: "Language | None" = None, content: bool = False
) -> pd.DataFrame:
    """One row per article and term: how often it stands there.

    Args:
        rows: articles (all their words), quotes (the words quoted; choose those of an actor beforehand) or
            mentions (with column="actor" or "label": whole cells are terms, not their words).
        column: the column to count.
        nlp: a spaCy pipeline, to count lemmas of words in lower case rather than the words as they stand.
        content: whether to count content words only (nouns, names, verbs and adjectives); takes `nlp`.

    Returns:
        article_id, term, n; no punctuation. An article without terms has no row, and is not lost: keyness
        asks articles for it.

    Raises:
        ValueError: content words are asked for, but no pipeline tells parts of speech.
    """
    if content and nlp is None:
        raise ValueError("content words are told by their parts of speech; give a pipeline with nlp=")
    if column == "text":
        texts = rows["text"].tolist()
        cells = [words_of(text) for text in texts] if nlp is None else _lemmas(texts, nlp, content=content)
    else:
        cells = [[cell] if cell != "" else [] for cell in rows[column]]
    counts: dict[str, Counter] = {}
    for article_id, cell in zip(rows["article_id"], cells, strict=True):
        counts.setdefault(article_id, Counter()).update(cell)
    found = [(article_id, term, n) for article_id, own in counts.items() for term, n in own.items()]
    table = pd.DataFrame(found, columns=["article_id", "term", "n"])
    return table.astype({"article_id": "str", "term": "str", "n": "int64"}).sort_values(
        ["article_id", "term"], ignore_index=True
    )


def _lemmas(texts: list[str], nlp: "Language", *, content: bool) -> list[list[str]]:
    listeners = {name for _, pipe in nlp.pipeline for name in getattr(pipe, "listening_components", ())}
    alone = {"trainable_lemmatizer"}.intersection(nlp.pipe_names) - listeners  # such as the bundled one
    needed = _LEMMATISING if content or not alone else alone
    cells = []
    for doc in nlp.pipe(texts, disable=list({*nlp.pipe_names} - needed)):
        if content and not doc.has_annotation("POS") and len(doc):
            raise ValueError("this pipeline tells no parts of speech, so that content words cannot be told")
        words = [token for token in doc if any(letter.isalnum() for letter in token.text)]
        kept = [token for token in words if not content or token.pos_ in _CONTENT]
        cells.append([(token.lemma_ or token.text).lower() for token in kept])
    return cells


@empty_where_nothing_to_compare(
    {
        "term": "str",
        **dict.fromkeys(("n", "rest_n", "articles", "rest_articles"), "int64"),
        **dict.fromkeys(("z", "log_ratio", "g2"), "float64"),
    }
)
def keyness(
    terms: pd.DataFrame,
    *,
    articles: pd.DataFrame,
    by: str = "outlet",
    copies: str | pd.DataFrame = "each",
    prior: float = 500.0,
    least_articles: int = 3,
) -> pd.DataFrame:
    """One row per outlet and term that it uses more, or less, than all the others together.

    Args:
        terms: as the function of that name gives them: article_id, term, n.
        articles: the articles they come from.
        by: the column of articles whose values are compared.
        copies: "each" wire copy counts, or "once"; or what wire_copies gave.
        prior: how many words of the whole corpus are mixed into each side before they are compared; more of
            them draw rare words harder to the middle.
        least_articles: a term counts for an outlet only if as many of its articles have it, and against it
            only if as many of the others have, so that no article makes a keyword by itself; the number of
            terms that count nowhere is in the frame's attrs["passed_over"].

    Returns:
        The column named by `by`; term; n, rest_n: how often; articles, rest_articles: in how many articles;
        z: log-odds ratio with an informative Dirichlet prior over its standard error (Monroe, Colaresi &
        Quinn 2008, eq. 22); log_ratio: binary logarithm of the ratio of relative frequencies, half a count
        for none (Hardie 2014); g2: log-likelihood ratio of the 2 × 2 table (Dunning 1993), with the sign of
        log_ratio. Highest z of each outlet first.

    Raises:
        ValueError: a prior that is not above 0.

    With fewer than two outlets of two articles the frame is empty, with a warning.

    Limitation: z and g2 rank, they do not test: words of one article are not drawn independently.
    """
    if not prior > 0:
        raise ValueError(f"prior is {prior}; it must be above 0")
    kept = articles_without_copies(articles, copies)
    groups = outlets_of(kept, by=by, without=len(articles) - len(kept))
    known = terms[terms["article_id"].isin(groups.index)]
    known = known.assign(group=known["article_id"].map(groups))
    known = known.groupby(["group", "term", "article_id"], as_index=False)["n"].sum()
    names = sorted(groups.unique())
    n = known.pivot_table(index="term", columns="group", values="n", aggfunc="sum", fill_value=0)
    articles_with = known.pivot_table(
        index="term", columns="group", values="article_id", aggfunc="count", fill_value=0
    )
    n, articles_with = (table.reindex(columns=names, fill_value=0) for table in (n, articles_with))
    total, everywhere = n.sum(), n.sum(axis=1)
    parts = []
    for name in names:
        own, rest = n[name], everywhere - n[name]
        sizes = total[name], total.sum() - total[name]
        part = pd.DataFrame({by: name, "term": n.index, "n": own, "rest_n": rest})
        part["articles"], part["rest_articles"] = (
            articles_with[name],
            articles_with.sum(axis=1) - articles_with[name],
        )
        part["z"] = log_odds(own, rest, *sizes, prior=prior * everywhere / max(everywhere.sum(), 1))
        part["log_ratio"] = log_ratio(own, rest, *sizes)
        part["g2"] = np.sign(part["log_ratio"]) * log_likelihood(own, rest, *sizes)
        carriers = part["articles"].where(part["z"] > 0, part["rest_articles"])
        part = part[carriers >= least_articles].reset_index(drop=True)
        parts.append(part.sort_values(["z", "term"], ascending=[False, True]))
    table = pd.concat(parts, ignore_index=True)
    table.attrs["passed_over"] = len(n) - table["term"].nunique()
    return table


def log_odds(own: pd.Series, rest: pd.Series, n_own: float, n_rest: float, *, prior: pd.Series) -> pd.Series:
    """Log-odds ratio over its standard error, `prior` words of each term added to both sides (Monroe et al. 2008, eq. 15–22)."""
    all_prior = prior.sum()
    odds = [(count + prior) / (n + all_prior - count - prior) for count, n in ((own, n_own), (rest, n_rest))]
    return (np.log(odds[0]) - np.log(odds[1])) / np.sqrt(1 / (own + prior) + 1 / (rest + prior))


def log_ratio(own: pd.Series, rest: pd.Series, n_own: float, n_rest: float) -> pd.Series:
    """Binary logarithm of the ratio of relative frequencies, half a count for none (Hardie 2014)."""
    shares = [count.where(count > 0, 0.5) / max(n, 1) for count, n in ((own, n_own), (rest, n_rest))]
    return np.log2(shares[0] / shares[1])


def log_likelihood(own: pd.Series, rest: pd.Series, n_own: float, n_rest: float) -> pd.Series:
    """G² of the table term / other words × own / rest (Dunning 1993)."""
    observed = [own, rest, n_own - own, n_rest - rest]
    both, n = own + rest, n_own + n_rest
    expected = [both * n_own / n, both * n_rest / n, (n - both) * n_own / n, (n - both) * n_rest / n]
    return 2 * sum(
        (o * np.log(o.where(o > 0, 1) / e.where(o > 0, 1))) for o, e in zip(observed, expected, strict=True)
    )
