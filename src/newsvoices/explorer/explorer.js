// Values with their numbers on the left, the rows that match in the middle, the article of one row on the right.

const NAMES = {
  outlet: "Outlet", actor: "Actor", kind: "Kind", speaker_type: "Type of speaker", cue: "Reporting verb", article_id: "Article",
  label: "Type", source: "From", target: "To", relation: "Relation", sign: "For or against", date: "Day", length: "Length", search: "Words",
};
const SIGNS = { "-1": "against", 0: "neither", 1: "for" };
const nameOf = (column, value) => (value === "" ? "(none)" : column === "sign" ? SIGNS[value] ?? value : value);
const DAY = 86_400_000;
const dayOf = (time) => new Date(time).toISOString().slice(0, 10);

class Explorer {
  // host: read() and write(fragment, replace) keep what is chosen, back() goes back, selected(table, rows) is told what is shown.
  constructor(place, tables, host) {
    Object.assign(this, { place, tables, host, more: {}, find: {} });
    place.classList.add("nv");
    place.setAttribute("data-lm-suppress-shortcuts", "true");  // JupyterLab leaves our keys to us
    this.search = element("input", { type: "search", placeholder: "Search (/)", "aria-label": "search in words, actors and titles", oninput: () => this.change({ search: this.search.value }, true) });
    this.tabs = element("div", { class: "nv-tabs", role: "group", "aria-label": "what is shown" });
    this.sort = element("select", { "aria-label": "sort by", onchange: () => this.change({ sort: this.sort.value, down: "" }) });
    this.down = element("button", { type: "button", "aria-label": "reverse the order", title: "reverse the order", onclick: () => this.change({ down: this.state.down ? "" : "1" }) }, "⇅");
    this.group = element("select", { "aria-label": "group by", onchange: () => this.change({ group: this.group.value }) });
    this.count = element("p", { class: "nv-count", role: "status" });
    this.chips = element("div", { class: "nv-chips", role: "group", "aria-label": "chosen" });
    this.facets = element("aside", { class: "nv-facets", "aria-label": "values to choose" });
    this.list = new RowList({ label: "rows", draw: (item) => this.drawItem(item), guess: (item, width) => this.guess(item, width), choose: (item, clicked) => this.chooseItem(item, clicked), enter: (item) => this.enterItem(item) });
    this.list.place.dataset.list = Explorer.made = (Explorer.made || 0) + 1;
    const article = element("section", { class: "nv-article", "aria-label": "article" });
    const button = (words, action, title) => element("button", { type: "button", title, onclick: action }, words);
    const bar = element("div", { class: "nv-bar" }, this.tabs, this.search, this.sort, this.down, this.group, button("← Back", () => host.back(), "what was shown before"), button("CSV", () => this.save(), "save these rows as a CSV file"));
    const note = tables.note ? element("p", { class: "nv-note", role: "note" }, tables.note) : null;
    place.replaceChildren(...[bar, note, this.facets, element("section", { class: "nv-middle", "aria-label": "rows that match" }, this.count, this.chips, this.list.place, element("p", { class: "nv-keys" }, "↑ ↓ rows · Enter article · ← → marks · Esc rows · / search")), article].filter(Boolean));
    this.article = new ArticleView(article, tables, { choose: (table, row) => this.open(table, row), open: (table, column, value, row) => this.change({ ...this.cleared(), table, columns: { [column]: [value] }, row }) });
    place.addEventListener("keydown", (event) => this.key(event));
    this.read();
    this.prepare();
  }

  // What the search looks through is made while nothing else is to do.
  prepare(row = 0) {
    const { quotes } = this.tables, until = Math.min(row + 1000, quotes.n);
    for (; row < until; row++) quotes.searched(row);
    if (row < quotes.n) setTimeout(() => this.prepare(row), 20);
  }

  // What is chosen, as in the part of an address after #.
  read() {
    const given = new URLSearchParams(this.host.read()), table = given.get("table");
    this.state = { ...this.cleared(), table: Object.hasOwn(FACETS, table) ? table : "quotes", row: -1 };
    for (const name of ["from", "to", "search", "sort", "group", "down"]) this.state[name] = given.get(name) || "";
    for (const name of ["sort", "group"]) if (!Object.hasOwn(NAMES, this.state[name])) this.state[name] = "";
    if (given.has("row")) this.state.row = Number(given.get("row"));
    for (const column of Object.keys(NAMES)) if (given.has(column) && column !== "search") this.state.columns[column] = given.getAll(column);
    this.update();
  }

  cleared() {
    return { columns: {}, from: "", to: "", search: "" };
  }

  // What means the same in every table.
  shared() {
    return Object.fromEntries(Object.entries(this.state.columns).filter(([column]) => ["outlet", "actor", "article_id"].includes(column)));
  }

  written() {
    const { columns, row, ...plain } = this.state, written = new URLSearchParams();
    for (const [name, value] of Object.entries(plain)) if (value) written.append(name, value);
    for (const [column, values] of Object.entries(columns)) for (const value of values) written.append(column, value);
    if (row >= 0) written.append("row", row);
    return written.toString();
  }

  change(news, replace = false) {
    Object.assign(this.state, { row: -1 }, news);
    this.host.write(this.written(), replace);
    this.update();
  }

  toggle(column, value) {
    const values = this.state.columns[column] || [], kept = values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
    const { [column]: _, ...columns } = this.state.columns;
    this.change({ columns: kept.length ? { ...columns, [column]: kept } : columns });
  }

  // Goes through all rows once: which match, and for each column how many would match were it left free.
  match(table) {
    const { columns, from, to, search } = this.state, facets = [...FACETS[table.name], "date"];
    const coded = facets.map((column) => table.codes(column)), counts = coded.map(({ values }) => new Uint32Array(values.length)), tests = [];
    facets.forEach((column, facet) => {
      const { values, codes } = coded[facet], chosen = columns[column];
      const allows = column === "date" ? (from || to) && ((day) => day !== "" && day >= from && (!to || day <= to)) : chosen && ((value) => chosen.includes(value));
      if (allows) tests.push({ facet, codes, allowed: Uint8Array.from(values, allows) });
    });
    const words = fold(search).split(/\s+/).filter(Boolean), shown = new Uint8Array(table.n);
    let n = 0;
    for (let row = 0; row < table.n; row++) {
      let failed = -1;
      for (let test = 0; test < tests.length; test++) {
        if (tests[test].allowed[tests[test].codes[row]]) continue;
        failed = failed < 0 ? test : tests.length;
        if (failed === tests.length) break;
      }
      if (failed === tests.length && failed > 0) continue;
      if (words.length) {
        const text = table.searched(row);
        if (!words.every((word) => text.includes(word))) continue;
      }
      if (failed >= 0) counts[tests[failed].facet][coded[tests[failed].facet].codes[row]]++;
      else {
        shown[row] = 1;
        n++;
        for (let facet = 0; facet < facets.length; facet++) counts[facet][coded[facet].codes[row]]++;
      }
    }
    return { shown, n, counts: Object.fromEntries(facets.map((column, facet) => [column, counts[facet]])) };
  }

  update() {
    const { state } = this, table = (this.table = this.tables[state.table]);
    const focused = this.place.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    this.result = this.match(table);
    const ordered = table.order(state.sort).filter((row) => this.result.shown[row]);
    this.rows = state.down ? ordered.reverse() : ordered;
    const items = state.group ? this.grouped(state.group) : Array.from(this.rows);
    if (!this.result.shown[state.row]) state.row = -1;
    this.drawBar();
    this.drawFacets();
    this.list.set(items, state.row < 0 ? items.findIndex((item) => typeof item === "number") : items.indexOf(state.row));
    const row = this.list.items[this.list.at];
    this.article.place.hidden = row === undefined;
    if (row !== undefined) this.article.show(table.article(row), { table: state.table, row });
    if (focused) [...this.place.querySelectorAll("[data-key]")].find((node) => node.dataset.key === focused)?.focus();
    this.host.selected(state.table, this.rows);
  }

  grouped(column) {
    const { values, codes } = this.table.codes(column), groups = new Map();
    for (const row of this.rows) groups.has(codes[row]) ? groups.get(codes[row]).push(row) : groups.set(codes[row], [row]);
    return [...groups].sort(([a, of], [b, others]) => (values[a] === "") - (values[b] === "") || others.length - of.length || byName(values[a], values[b])).flatMap(([code, of]) => [{ column, value: values[code], n: of.length }, ...of]);
  }

  drawBar() {
    const { state, table, rows } = this;
    this.tabs.replaceChildren(...Object.keys(FACETS).map((name) => element("button", { type: "button", "data-key": `table ${name}`, "aria-pressed": name === state.table, onclick: () => this.change({ table: name, sort: "", group: "", columns: this.shared() }) }, name)));
    if (this.search.value !== state.search) this.search.value = state.search;
    const options = (select, columns, first) => {
      select.replaceChildren(element("option", { value: "" }, first), ...columns.map((column) => element("option", { value: column }, `${select === this.sort ? "by" : "group:"} ${NAMES[column].toLowerCase()}`)));
      select.value = state[select === this.sort ? "sort" : "group"];
    };
    options(this.sort, ["date", ...FACETS[table.name].slice(0, -1), "length"], "article order");
    options(this.group, FACETS[table.name], "no groups");
    const seen = new Uint8Array(this.tables.articles.n);
    for (const row of rows) seen[table.article(row)] = 1;
    const articles = seen.reduce((sum, one) => sum + one, 0);
    this.count.textContent = `${whole(rows.length)} of ${whole(table.n)} ${table.name}, in ${whole(articles)} of ${whole(this.tables.articles.n)} articles`;
    const chip = (words, drop) => element("button", { type: "button", class: "nv-chip", title: "take this away", onclick: drop }, `${words} ×`);
    const chips = Object.entries(state.columns).filter(([column]) => FACETS[table.name].includes(column)).flatMap(([column, values]) => values.map((value) => chip(`${NAMES[column]}: ${nameOf(column, value)}`, () => this.toggle(column, value))));
    if (state.from || state.to) chips.push(chip(`Days: ${state.from || "…"} to ${state.to || "…"}`, () => this.change({ from: "", to: "" })));
    if (state.search) chips.push(chip(`Words: ${state.search}`, () => this.change({ search: "" })));
    if (chips.length) chips.push(element("button", { type: "button", class: "nv-link", onclick: () => this.change(this.cleared()) }, "clear all"));
    this.chips.replaceChildren(...chips);
  }

  drawFacets() {
    if (this.drawn !== this.table) {
      this.drawn = this.table;
      this.days = new Days(this.tables.articles, (from, to) => this.change({ from, to }));
      this.lists = FACETS[this.table.name].filter((column) => column !== "article_id" && this.table.codes(column).values.some((value) => value !== "")).map((column) => {
        const list = element("div", { class: "nv-values" });
        const find = element("input", { type: "search", class: "nv-find", placeholder: "find", "aria-label": `find a value of ${NAMES[column]}`, oninput: () => this.drawValues(column, list, find) });
        return { column, list, find, section: element("section", { "aria-label": NAMES[column] }, element("h3", {}, NAMES[column]), find, list) };
      });
      this.facets.replaceChildren(...[this.days.place, ...this.lists.map(({ section }) => section)]);
    }
    this.days.set(this.table.codes("date").values, this.result.counts.date, this.state.from, this.state.to);
    for (const { column, list, find } of this.lists) this.drawValues(column, list, find);
  }

  drawValues(column, list, find) {
    const { values } = this.table.codes(column), counts = this.result.counts[column], chosen = new Set(this.state.columns[column]), sought = fold(find.value);
    const kept = values.map((value, code) => ({ value, n: counts[code], on: chosen.has(value) })).filter(({ value, n, on }) => on || (n && (!sought || fold(value).includes(sought))));
    for (const value of chosen) if (!values.includes(value)) kept.push({ value, n: 0, on: true });
    kept.sort((a, b) => b.on - a.on || (a.value === "") - (b.value === "") || b.n - a.n || byName(a.value, b.value));
    const most = kept.reduce((max, { n }) => Math.max(max, n), 1), length = this.more[column] || 7;
    find.hidden = values.length <= 7;
    const buttons = kept.slice(0, length).map(({ value, n, on }) => {
      const bar = element("span", { class: "nv-share", "aria-hidden": "true" });
      bar.style.width = `${(100 * n) / most}%`;
      return element("button", { type: "button", class: "nv-value", "data-key": `${column} ${value}`, "aria-pressed": on, title: nameOf(column, value), onclick: () => this.toggle(column, value) }, bar, element("span", { class: "nv-name-of" }, nameOf(column, value)), element("span", { class: "nv-n" }, whole(n)));
    });
    if (kept.length > length) buttons.push(element("button", { type: "button", class: "nv-link", "data-key": `more ${column}`, onclick: () => { this.more[column] = length + 40; this.drawValues(column, list, find); } }, `${whole(kept.length - length)} more`));
    list.replaceChildren(...buttons);
  }

  guess(item, width) {
    if (typeof item !== "number") return 33;
    const length = this.table.name === "mentions" ? 150 : this.table.length(item);
    return 42 + 20 * Math.ceil((length * 6.6) / Math.max(width - 40, 100));
  }

  drawItem(item) {
    const { table } = this;
    if (typeof item !== "number") return element("div", { class: "nv-group" }, element("strong", {}, nameOf(item.column, item.value)), ` ${whole(item.n)} ${table.name}`);
    const get = (column) => table.get(column, item), where = [get("outlet"), get("date")].filter(Boolean);
    const head = { quotes: () => [element("strong", {}, get("actor") || get("speaker") || "nobody named"), get("actor") && get("speaker") && !get("speaker").includes(get("actor")) ? `“${get("speaker")}”` : "", get("cue"), get("kind")],
      mentions: () => [element("strong", {}, get("actor") || get("text")), get("actor") && get("actor") !== get("text") ? `“${get("text")}”` : "", get("kind"), get("label")],
      relations: () => [element("strong", {}, get("source")), get("relation"), element("strong", {}, get("target")), get("sign") ? SIGNS[get("sign")] : "", get("certainty") ? `certainty ${get("certainty").toFixed(2)}` : "", get("claimed_by") ? `claimed by ${get("claimed_by")}` : ""] }[table.name]();
    const parts = head.filter(Boolean).flatMap((part, at) => (at ? [table.name === "relations" && at < 3 ? " " : " · ", part] : [part]));
    return element("div", { class: `nv-row nv-row-${table.name === "quotes" ? get("kind") : "other"}` }, element("div", { class: "nv-row-head" }, ...parts, ...where.flatMap((words) => [" · ", element("span", { class: "nv-where" }, words)])), element("div", { class: "nv-row-text" }, ...this.lit(table.shown(item), table.name === "mentions" ? get("text") : "")));
  }

  // The text with the words that were searched for, or a mention's, in <b>.
  lit(text, mention) {
    const words = (this.state.search || mention).split(/\s+/).filter(Boolean).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    if (!words.length) return [text];
    return text.split(new RegExp(`(${this.state.search ? words.join("|") : words.join("\\s+")})`, "giu")).map((part, at) => (at % 2 ? element("b", {}, part) : part));
  }

  chooseItem(item, clicked) {
    if (typeof item === "number") this.open(this.state.table, item);
    else if (clicked) this.enterItem(item);
  }

  enterItem(item) {
    if (typeof item === "number") this.article.focus();
    else this.change({ group: "", columns: { ...this.state.columns, [item.column]: [item.value] } });
  }

  // Shows a row's article; a row of another table, or one that does not match, stays a mark in the article.
  open(table, row) {
    this.article.show(this.tables[table].article(row), { table, row });
    if (table !== this.state.table) return;
    this.state.row = row;
    this.host.write(this.written(), true);
    const at = this.list.items.indexOf(row);
    if (at >= 0 && at !== this.list.at) {
      this.list.at = at;
      this.list.place.scrollTop = Math.max(this.list.tops[at] - 60, 0);
      this.list.paint(true);
    }
  }

  key(event) {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.key === "/" && !typing) this.search.focus();
    else if (event.key === "Escape" || (event.target === this.search && ["ArrowDown", "Enter"].includes(event.key))) this.list.place.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  save() {
    const address = URL.createObjectURL(new Blob([this.table.csv(this.rows)], { type: "text/csv" }));
    element("a", { href: address, download: `${this.table.name}.csv` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }
}

// Days as columns that can be dragged over; without a mouse, two dates.
class Days {
  constructor(articles, choose) {
    this.choose = choose;
    const times = articles.codes("date").values.map((day) => Date.parse(day)).filter((time) => !Number.isNaN(time));
    this.first = times.reduce((a, b) => Math.min(a, b), Infinity);
    let last = times.reduce((a, b) => Math.max(a, b), -Infinity);
    this.width = Math.max(Math.ceil((last - this.first + DAY) / DAY / 48), 1) * DAY;
    this.bars = Array.from({ length: times.length ? Math.ceil((last - this.first + DAY) / this.width) : 0 }, () => element("div", {}, element("i")));
    this.chart = element("div", { class: "nv-days", "aria-hidden": "true" }, ...this.bars);
    const empty = !times.length;
    if (empty) this.first = last = 0;
    const date = (label) => element("input", { type: "date", "aria-label": label, min: this.day(0), max: dayOf(last), onchange: () => this.choose(this.from.value === this.from.min ? "" : this.from.value, this.to.value === this.to.max ? "" : this.to.value) });
    [this.from, this.to] = [date("first day"), date("last day")];
    this.place = element("section", { "aria-label": "Days" }, element("h3", {}, "Days"), this.chart, element("p", { class: "nv-dates" }, this.from, " to ", this.to));
    this.place.hidden = empty;
    this.chart.addEventListener("pointerdown", (event) => { this.begun = this.at(event); this.chart.setPointerCapture(event.pointerId); this.drag(event); });
    this.chart.addEventListener("pointermove", (event) => this.begun !== undefined && this.drag(event));
    this.chart.addEventListener("pointerup", (event) => { const [a, b] = this.drag(event); this.begun = undefined; this.choose(this.day(a), this.day(b + 1, -DAY)); });
  }

  at(event) {
    const { left, width } = this.chart.getBoundingClientRect();
    return Math.min(Math.max(Math.floor(((event.clientX - left) / width) * this.bars.length), 0), this.bars.length - 1);
  }

  day(bar, shift = 0) {
    return dayOf(this.first + bar * this.width + shift);
  }

  drag(event) {
    const ends = [this.begun, this.at(event)].sort((a, b) => a - b);
    this.bars.forEach((bar, at) => bar.classList.toggle("nv-out", at < ends[0] || at > ends[1]));
    return ends;
  }

  set(days, counts, from, to) {
    const sums = new Float64Array(this.bars.length);
    days.forEach((day, code) => { if (day) sums[Math.floor((Date.parse(day) - this.first) / this.width)] += counts[code]; });
    const most = sums.reduce((a, b) => Math.max(a, b), 1);
    this.bars.forEach((bar, at) => {
      bar.firstChild.style.height = `${(100 * sums[at]) / most}%`;
      bar.title = `${this.day(at)}${this.width > DAY ? ` to ${this.day(at + 1, -DAY)}` : ""}: ${whole(sums[at])}`;
      bar.classList.toggle("nv-out", Boolean((from && this.day(at + 1, -DAY) < from) || (to && this.day(at) > to)));
    });
    [this.from.value, this.to.value] = [from || this.from.min, to || this.to.max];
  }
}

function openArticle(place, tables, host) {
  place.classList.add("nv", "nv-alone");
  place.setAttribute("data-lm-suppress-shortcuts", "true");
  const table = host.table, choose = (name, row) => { view.show(0, { table: name, row }); host.selected(name, [row]); };
  const view = new ArticleView(place, tables, { choose });
  view.show(0, { table, row: -1 });
}

// In a page on its own: what is chosen stands in its address.
async function openPage() {
  const bytes = (id) => {
    const text = atob(document.getElementById(id).textContent), made = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) made[i] = text.charCodeAt(i);
    return made;
  };
  const place = document.getElementById("explorer"), start = new TextDecoder().decode(bytes("start"));
  const host = {
    read: () => location.hash.slice(1) || start,
    write: (fragment, replace) => history[replace ? "replaceState" : "pushState"](null, "", `#${fragment}`),
    back: () => history.back(),
    selected: () => {},
  };
  const explorer = new Explorer(place, await unpacked(bytes("tables")), host);
  window.addEventListener("popstate", () => explorer.read());
  document.addEventListener("keydown", (event) => event.target === document.body && explorer.key(event));
  document.documentElement.dataset.opened = Math.round(performance.now());
}

// In JupyterLab: anywidget calls render; the rows that are shown go back to Python.
async function render({ model, el }) {
  const { buffer, byteOffset, byteLength } = model.get("_tables"), place = element("div");
  el.append(place);
  const before = [], now = { fragment: model.get("_start") };
  const host = {
    table: model.get("_shown"),
    read: () => now.fragment,
    write: (fragment, replace) => { if (!replace) before.push(now.fragment); now.fragment = fragment; },
    back: () => { if (before.length) { now.fragment = before.pop(); explorer.read(); } },
    selected: (table, rows) => { model.set("_shown", table); model.set("_rows", new DataView(Uint32Array.from(rows).buffer)); model.save_changes(); },
  };
  const tables = await unpacked(new Uint8Array(buffer, byteOffset, byteLength));
  const explorer = model.get("_view") === "article" ? openArticle(place, tables, host) : new Explorer(place, tables, host);
}

export default { render };
