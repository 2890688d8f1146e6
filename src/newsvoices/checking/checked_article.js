// The article as it is checked: with what was said of its quotes, and with words that can be selected.
class CheckedArticle extends ArticleView {
  drawHead() {
    const { articles } = this.tables, get = (column) => articles.get(column, this.article);
    this.head.replaceChildren(element("h2", {}, get("title") || get("article_id")), element("p", {}, ["outlet", "date", "byline"].map(get).filter(Boolean).join(" · ")));
  }

  // With the words of a quote goes what was said of it.
  highlight() {
    super.highlight();
    for (const { marks, drawn } of this.pieces) for (const { table, type, row } of marks) {
      if (table === "quotes" && type === "content") drawn.classList.add(`nv-said-${(this.tables.quotes.get("said", row) || "nothing").replace(" ", "-")}`);
    }
  }

  activate(drawn) {
    if (!selectedIn(this.body)) super.activate(drawn);
  }

  words(table, row) {
    const drawn = this.pieces.filter(({ marks }) => marks.some((mark) => mark.table === table && mark.row === row)).map((piece) => piece.drawn);
    if (drawn.length) select(drawn[0], drawn.at(-1));
  }
}

// What is selected in an article: its offsets as Python counts them, one to a code point.
function selectedIn(body) {
  const selection = window.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0), whole = document.createRange();
  whole.selectNodeContents(body);
  const begins = range.compareBoundaryPoints(Range.START_TO_START, whole) < 0 ? whole : range;
  const ends = range.compareBoundaryPoints(Range.END_TO_END, whole) > 0 ? whole : range;
  if (!range.intersectsNode(body)) return null;
  const until = (node, at) => {
    const before = document.createRange();
    before.setStart(body, 0);
    before.setEnd(node, at);
    return Array.from(before.toString()).length;
  };
  const start = until(begins.startContainer, begins.startOffset), end = until(ends.endContainer, ends.endOffset);
  return start < end ? { start, end, text: Array.from(body.textContent).slice(start, end).join("") } : null;
}

// Selects the words between two of an article's drawn pieces.
function select(first, last) {
  window.getSelection().setBaseAndExtent(first, 0, last, last.childNodes.length);
}
