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
