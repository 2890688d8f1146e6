// The article with everything marked: quotes, cues, speakers, names.

// An element; what it holds is put in as text, never as HTML.
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

// Why a quote has its speaker, in plain words.
function why(quotes, row) {
  const [actor, speaker, cue, how] = ["actor", "speaker", "cue", "how"].map((column) => quotes.get(column, row));
  const [role, type, anonymity] = ["role", "speaker_type", "anonymity"].map((column) => quotes.get(column, row));
  const said = [];
  if (!actor && !speaker) said.push(cue ? `“${cue}” reports these words, but names nobody who said them` : "nobody is named who said these words");
  else {
    const taken = actor && speaker && !speaker.includes(actor) ? `, taken to be ${actor}` : "";
    said.push(`${actor || speaker}${role ? `, ${role}` : ""}`);
    if (speaker && cue) said.push(`“${cue}” goes with “${speaker}”${taken}`);
    else if (speaker) said.push(`no verb reports these words; they are given to “${speaker}”${taken}`);
    else said.push("nobody is named at these words; they carry on what was said before");
  }
  if (type && type !== "person") said.push(`type of speaker: ${type}${anonymity ? ` (${anonymity})` : ""}`);
  if (how) said.push(`found by: ${how}`);
  return said.join(" · ");
}

// Every mark of an article: from start to end, what it is, and the table and row that it comes from.
function marksOf(tables, article) {
  const marks = [], { quotes, mentions, relations } = tables;
  const add = (table, row, type, start, end, note) => start !== "" && start < end && marks.push({ table, row, type, start, end, note });
  for (const row of quotes.rowsOf(article)) {
    const note = why(quotes, row);
    for (const [start, end] of quotes.spans(row)) add("quotes", row, "content", start, end, `${quotes.get("kind", row)} quote: ${note}`);
    add("quotes", row, "cue", quotes.get("cue_start", row), quotes.get("cue_end", row), note);
    add("quotes", row, "speaker", quotes.get("speaker_start", row), quotes.get("speaker_end", row), `Speaker: ${note}`);
  }
  for (const row of mentions.rowsOf(article)) {
    const note = `${mentions.get("label", row)}: ${mentions.get("actor", row) || mentions.get("text", row)} (${mentions.get("kind", row)})`;
    add("mentions", row, "name", mentions.get("start", row), mentions.get("end", row), note);
  }
  for (const row of relations.rowsOf(article)) {
    const note = `${relations.get("source", row)} ${relations.get("relation", row)} ${relations.get("target", row)}`;
    add("relations", row, "sentence", relations.get("start", row), relations.get("end", row), note);
    for (const end of ["source", "target"]) add("relations", row, end, relations.get(`${end}_start`, row), relations.get(`${end}_end`, row), note);
  }
  return marks;
}

// Draws one article into `place`. `on.choose(table, row)`: a mark was chosen; `on.open(table, column, value, row)`:
// all rows with a value are asked for; without it every mark is only chosen.
class ArticleView {
  constructor(place, tables, on) {
    Object.assign(this, { place, tables, on, article: -1, chosen: null });
    this.head = element("header", { class: "nv-article-head" });
    this.reason = element("p", { class: "nv-why", "aria-live": "polite" });
    this.body = element("div", { class: "nv-text", role: "document", tabindex: 0, "aria-label": "article, its marks with left and right arrow" });
    this.body.addEventListener("click", (event) => this.activate(event.target.closest("[data-piece]"), event));
    this.body.addEventListener("keydown", (event) => this.key(event));
    place.append(this.head, this.reason, this.body);
  }

  show(article, chosen) {
    const same = article === this.article;
    Object.assign(this, { article, chosen });
    if (!same) {
      this.marks = marksOf(this.tables, article);
      this.drawHead();
      this.drawText();
    }
    this.highlight();
  }

  drawHead() {
    const { articles } = this.tables, get = (column) => articles.get(column, this.article), id = get("article_id");
    const about = ["outlet", "date", "place", "byline"].map(get).filter(Boolean).join(" · ");
    const counts = Object.keys(FACETS).map((name) => [name, this.tables[name].rowsOf(this.article).length]).filter(([, n]) => n);
    const links = counts.map(([name, n]) => element("button", { type: "button", class: "nv-link", onclick: () => this.on.open?.(name, "article_id", id) }, `${whole(n)} ${name}`));
    const source = /^https?:\/\//i.test(get("url")) ? element("a", { href: get("url"), target: "_blank", rel: "noopener noreferrer" }, "source") : null;
    this.head.replaceChildren(element("h2", {}, get("title") || id || "Article"), element("p", {}, about, source && " · ", source), element("p", { class: "nv-counts" }, ...(this.on.open ? links : [])), legend());
    if (!this.on.open && !get("title") && !about) this.head.replaceChildren(legend());
  }

  drawText() {
    const { articles } = this.tables, length = Array.from(articles.get("text", this.article)).length;
    const bounds = [...new Set([0, length, ...this.marks.flatMap(({ start, end }) => [start, Math.min(end, length)])])].sort((a, b) => a - b);
    this.pieces = bounds.slice(0, -1).map((start, at) => {
      const marks = this.marks.filter((mark) => mark.start <= start && bounds[at + 1] <= mark.end);
      const text = articles.slice(this.article, start, bounds[at + 1]);
      const drawn = marks.some(({ type }) => type !== "sentence") ? element(marks.some(({ type }) => type === "content") ? "mark" : "span", { "data-piece": at, tabindex: -1, role: marks.some(({ type }) => type === "speaker" || type === "name") ? "link" : null, title: [...new Set(marks.filter(({ type }) => type !== "sentence").map(({ note }) => note))].join("\n") }, text) : element("span", {}, text);
      return { start, end: bounds[at + 1], marks, drawn };
    });
    this.body.replaceChildren(...this.pieces.map(({ drawn }) => drawn));
    this.body.scrollTop = 0;
  }

  highlight() {
    const { table, row } = this.chosen || {};
    let first = null;
    for (const { marks, drawn } of this.pieces) {
      const of = marks.filter((mark) => mark.table === table && mark.row === row);
      const classes = new Set(marks.filter((mark) => mark.table !== "relations").map(({ type }) => `nv-${type}`));
      for (const { type } of of) classes.add(`nv-chosen-${type}`);
      for (const mark of marks) if (mark.type === "content") classes.add(`nv-${this.tables.quotes.get("kind", mark.row)}`);
      if (of.length) classes.add("nv-chosen");
      drawn.className = [...classes].join(" ");
      if (of.length) drawn.setAttribute("aria-current", "true");
      else drawn.removeAttribute("aria-current");
      if (of.some(({ type }) => ["content", "name", "sentence"].includes(type))) first ||= drawn;
    }
    this.reason.textContent = !(row >= 0) ? "" : table === "quotes" ? why(this.tables.quotes, row) : table === "relations" ? this.marks.find((mark) => mark.table === table && mark.row === row)?.note || "" : "";
    this.reason.hidden = !this.reason.textContent;
    if (first) {  // not scrollIntoView, which would move the notebook, too
      const box = first.getBoundingClientRect(), frame = this.body.getBoundingClientRect();
      if (box.top < frame.top + 20 || box.bottom > frame.bottom - 20) this.body.scrollTop += box.top - frame.top - frame.height / 3;
    }
    this.current = first;
  }

  // A speaker leads to all their quotes, a name to all its mentions, words and cue to their quote.
  activate(drawn) {
    if (!drawn) return;
    const { marks } = this.pieces[drawn.dataset.piece], of = (type) => marks.filter((mark) => mark.type === type).sort((a, b) => a.end - a.start - b.end + b.start)[0];
    for (const [mark, table] of [[of("speaker"), "quotes"], [of("name"), "mentions"]]) {
      const actor = mark && this.tables[table].get("actor", mark.row);
      if (actor && this.on.open) return this.on.open(table, "actor", actor, mark.row);
    }
    const mark = of("content") || of("cue") || of("speaker") || of("name") || marks[0];
    this.on.choose(mark.table, mark.row);
  }

  key(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key], here = document.activeElement.closest?.("[data-piece]");
    if (event.key === "Enter" && here) this.activate(here);
    else if (step) {
      const all = [...this.body.querySelectorAll("[data-piece]")], at = all.indexOf(here || this.current);
      all[Math.min(Math.max(at + step, 0), all.length - 1)]?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  focus() {
    (this.current?.dataset.piece ? this.current : this.body).focus();
  }
}

function legend() {
  const kinds = [["content nv-direct", "quoted words"], ["content nv-indirect", "indirect"], ["cue", "reporting verb"], ["speaker", "speaker"], ["name", "name"]];
  return element("p", { class: "nv-legend" }, ...kinds.map(([type, words]) => element("span", { class: `nv-${type}` }, words)));
}
