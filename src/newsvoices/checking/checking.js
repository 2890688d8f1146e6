// Articles to check, one after the other. Python writes down what is done and answers with the article as it is then;
// nothing is shown as done before.
// The files are one module: Python joins the explorer's tables.js and article.js, chooser.js, checked_article.js and this one.

const TYPES = ["person", "organisation", "place", "document", "unnamed person", "unnamed group", "none"];
const SIGN_OF = { "": "?", right: "✓", corrected: "✎", added: "+", "no quote": "✗" };
const WORDS_OF = { "": "not checked yet", right: "right", corrected: "corrected", added: "added", "no quote": "no quote" };
const KEYS = [  // key, button, what it does
  ["d", "all else is right", "the article is checked as a whole: on to the next"],
  ["r", "right", "the quote is right as shown"],
  ["x", "no quote", "nobody is quoted there; an added quote is taken out"],
  ["s", "speaker", "somebody else speaks: the words selected, or choose"],
  ["t", "type", "the speaker is of another type"],
  ["w", "who", "who the speaker is, or who the selected name is in the whole article"],
  ["b", "bounds", "the words selected are the quote"],
  ["e", "and these", "the words selected belong to the quote, too"],
  ["a", "add", "the words selected are a quote that was missed"],
  ["⌫", "clear", "nothing is said of the quote"],
  ["u", "undo", "takes back what was done last"],
];

class Checking {
  constructor(place, tables, model) {
    Object.assign(this, { place, model, queue: [], waiting: false, then: null, at: "" });
    const { mentions } = tables, hidden = Object.fromEntries(Object.keys(mentions.raw).map((column) => [column, []]));
    mentions.raw.actor = Array.from({ length: mentions.n }, (_, row) => mentions.get("actor", row));
    this.mentions = mentions;
    this.shown = { ...tables, mentions: model.get("_blind") ? new Table("mentions", hidden, tables.articles) : mentions };
    place.classList.add("nv", "nv-check");
    place.setAttribute("data-lm-suppress-shortcuts", "true");  // JupyterLab leaves our keys to us
    place.tabIndex = 0;
    const button = (words, title, action) => element("button", { type: "button", title, onclick: () => { action(); this.focus(); } }, ...words);
    this.count = element("p", { class: "nv-count", role: "status" });
    this.progress = element("progress", { "aria-label": "articles checked" });
    this.number = element("span", { class: "nv-number" });
    this.whole = element("span", { class: "nv-whole" }, "✓ checked as a whole ", button(["not yet"], "open the article again", () => this.send({ do: "open again" })));
    const move = (key, words, title) => button([element("kbd", {}, key), words], title, () => this.press(key));
    const bar = element("div", { class: "nv-bar" }, move("p", " ‹", "the article before"), this.number, move("n", " ›", "the next article"), this.whole, element("span", { class: "nv-gap" }), this.progress, this.count);
    const article = element("section", { class: "nv-article", "aria-label": "article" });
    this.article = new CheckedArticle(article, this.shown, { choose: (table, row) => this.choose(table, row) });
    this.article.body.addEventListener("dblclick", () => this.go(this.before ?? this.at));  // which selects a word
    this.list = element("ol", { class: "nv-quotes", role: "listbox", "aria-label": "quotes of the article" });
    this.hint = element("p", { class: "nv-hint" });
    this.chooser = new Chooser(() => this.focus());
    const side = element("section", { class: "nv-side", "aria-label": "quotes" }, this.hint, this.chooser.place, this.list);
    this.told = element("p", { class: "nv-told", role: "status" });
    this.buttons = Object.fromEntries(KEYS.map(([key, words, title]) => [key, button([element("kbd", {}, key), ` ${words}`], title, () => this.press(key))]));
    const foot = element("div", { class: "nv-foot" }, ...Object.values(this.buttons), element("span", { class: "nv-keys" }, "↑ ↓ quotes"));
    const line = element("div", { class: "nv-line" }, this.told, element("p", { class: "nv-keys" }, `kept in ${model.get("_file")}`));
    place.replaceChildren(bar, article, side, line, foot);
    place.addEventListener("keydown", (event) => this.key(event));
    this.end = new AbortController();
    document.addEventListener("selectionchange", () => this.offer(), { signal: this.end.signal });
    model.on("change:_state", this.receive = () => this.draw());
    this.draw();
  }

  remove() {
    this.end.abort();
    this.model.off("change:_state", this.receive);
  }

  focus() {
    if (!this.chooser.isOpen) this.place.focus({ preventScroll: true });
  }

  // Asks Python for something; what is pressed until it has answered waits.
  send(action, then = null) {
    Object.assign(this, { waiting: true, then });
    this.place.classList.add("nv-waiting");
    this.model.send({ article: this.state.article, ...action });
  }

  // The answer: the article as it is now.
  draw() {
    const state = this.model.get("_state"), moved = state.article !== this.state?.article, { then } = this;
    Object.assign(this, { state, waiting: false, then: null });
    this.place.classList.remove("nv-waiting");
    this.quotes = this.shown.quotes = new Table("quotes", { article: state.quotes.place.map(() => state.article), ...state.quotes }, this.shown.articles);
    this.mentions.rowsOf(state.article).forEach((row, at) => (this.mentions.raw.actor[row] = state.names[at]));
    if (state.at) this.at = state.at;
    if (this.row() < 0) this.at = this.open(-1) ?? state.quotes.place[0] ?? "";
    if (then === "next" && !state.wrong) this.at = this.open(this.row()) ?? this.at;
    this.drawBar(moved);
    const { scrollTop } = this.article.body, focused = this.place.contains(document.activeElement);
    const drawn = JSON.stringify([state.article, { ...state.quotes, said: [] }, state.names]);
    if (drawn !== this.drawn) {
      this.drawn = drawn;
      this.article.article = -1;  // its marks have changed
      this.article.show(state.article, { table: "quotes", row: -1 });
      if (!moved) this.article.body.scrollTop = scrollTop;
    }
    this.drawList();
    if (focused && !this.place.contains(document.activeElement)) this.focus();  // it was on a mark that is gone
    if (then === "speaker" && !state.wrong && !this.quotes.get("speaker", this.row())) this.chooseSpeaker();
    while (this.queue.length && !this.waiting) {
      const key = this.queue.shift();
      if (!this.chooser.isOpen) this.press(key);
      else if (!this.chooser.press(key) && key.length === 1) {
        this.chooser.input.value += key;
        this.chooser.draw();
      }
    }
  }

  row(place = this.at) {
    return this.state.quotes.place.indexOf(place);
  }

  // The next quote of which nothing was said, after a row.
  open(row) {
    const { place, said } = this.state.quotes, n = place.length;
    return Array.from({ length: n }, (_, step) => (row + 1 + step + n) % n).filter((at) => !said[at]).map((at) => place[at])[0];
  }

  drawBar(moved) {
    const { article, done, told, wrong, problems } = this.state, checked = done.filter(Boolean).length;
    this.number.textContent = `Article ${article + 1} of ${done.length}`;
    this.whole.hidden = !done[article];
    this.count.textContent = checked === done.length ? "all are checked" : `${whole(done.length - checked)} left`;
    Object.assign(this.progress, { max: done.length, value: checked });
    this.told.textContent = [told, moved || wrong ? problems.map((problem) => `does not fit: ${problem}`).join("; ") : ""].filter(Boolean).join(" · ");
    this.told.classList.toggle("nv-wrong", wrong || Boolean(problems.length && moved));
  }

  drawList() {
    const get = (column, row) => this.quotes.get(column, row);
    this.list.replaceChildren(...this.state.quotes.place.map((place, row) => {
      const said = get("said", row), speaker = get("speaker", row), actor = get("actor", row);
      const who = said === "no quote" ? [WORDS_OF[said]] : [element("strong", {}, actor || speaker || "nobody named"), actor && speaker && !speaker.includes(actor) ? ` “${speaker}”` : "", ` · ${get("speaker_type", row)} · ${get("kind", row)}`];
      return element("li", { role: "option", class: `nv-quote nv-quote-${(said || "nothing").replace(" ", "-")}`, onclick: () => { this.go(place); this.focus(); } }, element("span", { class: "nv-sign", title: WORDS_OF[said], "aria-label": WORDS_OF[said] }, SIGN_OF[said]), element("div", {}, element("div", { class: "nv-row-head" }, ...who), element("div", { class: "nv-row-text" }, this.quotes.get("text", row))));
    }));
    this.go(this.at);
  }

  // Makes a quote the one that keys are about.
  go(place) {
    this.at = place;
    const row = this.row();
    this.article.show(this.state.article, { table: "quotes", row });
    [...this.list.children].forEach((line, at) => line.setAttribute("aria-selected", at === row));
    const line = this.list.children[row];
    if (line) {
      const top = line.offsetTop - this.list.offsetTop, { scrollTop, clientHeight } = this.list;
      if (top < scrollTop || top + line.offsetHeight > scrollTop + clientHeight) this.list.scrollTop = top - clientHeight / 3;
    }
    this.offer();
  }

  // Says what can be done now, with the words that are selected or without.
  offer() {
    const words = selectedIn(this.article.body)?.text, { said } = this.state.quotes, blind = this.model.get("_blind");
    const short = words && (words.length > 60 ? `${words.slice(0, 40)} … ${words.slice(-15)}` : words);
    this.hint.textContent = words ? `Selected: “${short}”` : this.state.done[this.state.article] ? "This article is checked." : blind ? "Blind: select each quote with the mouse, then a; d when the article is read." : `${whole(said.filter(Boolean).length)} of ${whole(said.length)} quotes looked at. d: all others are right, and none was missed.`;
    this.hint.classList.toggle("nv-selected", Boolean(words));
    for (const key of "abesw") this.buttons[key].classList.toggle("nv-offered", Boolean(words));
    for (const [key] of KEYS) this.buttons[key].disabled = ("rxstbe⌫".includes(key) && this.row() < 0) || ("abe".includes(key) && !words);
  }

  choose(table, row) {
    if (table !== "quotes") return this.article.words(table, row);
    this.before = this.at;
    this.go(this.state.quotes.place[row]);
  }

  key(event) {
    const undo = (event.ctrlKey || event.metaKey) && event.key === "z", key = undo ? "u" : { Backspace: "⌫", Delete: "⌫" }[event.key] || event.key;
    const ours = KEYS.some(([known]) => known === key) || ["n", "p", "ArrowDown", "ArrowUp"].includes(key);
    if (!ours && !this.waiting) return;
    if (!undo && (event.ctrlKey || event.metaKey || event.altKey)) return;
    if (this.waiting) this.queue.push(key);
    else this.press(key);
    event.preventDefault();
    event.stopPropagation();
  }

  press(key) {
    const { place } = this.state.quotes, n = this.state.done.length, row = this.row(), quote = this.at, words = selectedIn(this.article.body), { start, end } = words || {};
    const step = { ArrowDown: 1, ArrowUp: -1 }[key], page = { n: 1, p: -1 }[key];
    if (step) this.go(place[Math.min(Math.max(row + step, 0), place.length - 1)] ?? "");
    else if (page) this.send({ article: (this.state.article + page + n) % n, do: "open" });
    else if (key === "r") this.send({ do: "right", quote }, "next");
    else if (key === "x") this.send({ do: "no quote", quote }, "next");
    else if (key === "⌫") this.send({ do: "take back", quote });
    else if (key === "u") this.send({ do: "undo" });
    else if (key === "d") this.send({ do: "done" });
    else if (key === "a") this.send({ do: "add", start, end }, "speaker");
    else if (key === "b") this.send({ do: "bounds", quote, start, end });
    else if (key === "e") this.send({ do: "more words", quote, start, end });
    else if (key === "s" && words) this.send({ do: "speaker", quote, start, end });
    else if (key === "w" && words) this.chooseActor(`Who is “${words.text}” in this article?`, { start, end });
    else if (row < 0) return;
    else if (key === "s") this.chooseSpeaker();
    else if (key === "w") this.chooseActor("Who speaks here?", { quote });
    else if (key === "t") this.chooser.open("What type of speaker?", TYPES.map((name) => ({ name, value: name })), (typed) => this.send({ do: "type", quote, typed }));
  }

  // Whoever is named in the article, the nearest to the quote first; last the present speaker and names only in quotes.
  chooseSpeaker() {
    const row = this.row(), quote = this.at, [from, to, speaker] = ["start", "end", "speaker_start"].map((column) => this.quotes.get(column, row)), nearest = new Map();
    const quoted = this.state.quotes.place.flatMap((_, at) => this.quotes.spans(at));
    for (const mention of this.mentions.rowsOf(this.state.article)) {
      const get = (column) => this.mentions.get(column, mention), [start, end] = [get("start"), get("end")];
      if (get("kind") === "role") continue;
      const within = quoted.some(([first, last]) => start < last && first < end), wrong = speaker !== "" && start <= speaker && speaker < end;
      const far = within || wrong ? Infinity : Math.max(start - to, from - end, 0);
      const chain = get("chain") || `#${mention}`, known = nearest.get(chain);
      if (!known || far < known.far) nearest.set(chain, { far, start, end, words: get("text"), actor: get("actor") || known?.actor || "" });
    }
    const people = [...nearest.values()].sort((a, b) => a.far - b.far).map(({ actor, words, start, end }) => ({ name: actor || words, note: actor && actor !== words ? `“${words}”` : "", value: { start, end } }));
    const nobody = { name: "nobody", note: "none is named", value: {} };
    this.chooser.open("Who speaks here?", [...people.slice(0, 8), nobody, ...people.slice(8)], (value) => this.send({ do: "speaker", quote, ...value }), (typed) => ({ typed }));
  }

  // The actors of the article first, then those of the others.
  chooseActor(title, what) {
    const own = this.mentions.rowsOf(this.state.article).map((row) => this.mentions.get("actor", row)), others = [...new Set(this.mentions.raw.actor)].sort(byName);
    const names = [...new Set([...own, ...others])].filter(Boolean);
    this.chooser.open(title, names.map((name) => ({ name, value: name })), (typed) => this.send({ do: "actor", ...what, typed }), (typed) => typed);
  }
}

// anywidget calls render, and what it gives back when the view is taken away.
async function render({ model, el }) {
  const { buffer, byteOffset, byteLength } = model.get("_tables"), place = element("div");
  el.append(place);
  if (!model.get("_state").done.length) return place.append("No article to check.");
  const checking = new Checking(place, await unpacked(new Uint8Array(buffer, byteOffset, byteLength)), model);
  return () => checking.remove();
}

export default { render };
