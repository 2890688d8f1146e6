// Tables as Python packed them (columns.py), and the few things that are asked of them.
// The four files are one module: Python joins tables.js, article.js, rows.js and explorer.js.

const FACETS = {  // the same as COLUMNS in chosen.py
  quotes: ["outlet", "actor", "kind", "speaker_type", "cue", "article_id"],
  mentions: ["outlet", "actor", "label", "kind", "article_id"],
  relations: ["outlet", "source", "target", "relation", "sign", "article_id"],
};
const fold = (text) => (/^[\x00-\x7f]*$/.test(text) ? text : text.normalize("NFD").replace(/\p{M}/gu, "")).toLowerCase();
const byName = new Intl.Collator(undefined, { numeric: true }).compare;
const whole = new Intl.NumberFormat("en").format;

async function unpacked(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const raw = await new Response(stream).json();
  const articles = new Table("articles", raw.articles);
  const tables = { note: raw.note, articles };
  for (const name of Object.keys(FACETS)) tables[name] = new Table(name, raw[name], articles);
  return tables;
}

class Table {
  constructor(name, raw, articles = null) {
    Object.assign(this, { name, raw, articles, coded: {}, orders: {} });
    const first = Object.values(raw)[0];
    this.n = (first.codes || first).length;
  }

  get(column, row) {
    const cells = this.raw[column];
    if (cells) return (cells.codes ? cells.values[cells.codes[row]] : cells[row]) ?? "";
    if (column === "text") return this.spans(row).map(([start, end]) => this.articles.slice(this.article(row), start, end)).join(" ");
    return this.articles?.raw[column] ? this.articles.get(column, this.article(row)) : "";
  }

  article(row) {
    return this.raw.article[row];
  }

  spans(row) {
    if (!this.raw.spans) return [[this.get("start", row), this.get("end", row)]];
    return this.get("spans", row).split(";").filter(Boolean).map((span) => span.split("-").map(Number));
  }

  // A column as numbers: {values, codes}; one of the articles' is read for each row.
  codes(column) {
    return (this.coded[column] ||= this.encoded(column));
  }

  encoded(column) {
    if (!this.raw[column] && this.articles) {
      const { values, codes } = this.articles.codes(column);
      return { values, codes: Uint32Array.from({ length: this.n }, (_, row) => codes[this.article(row)]) };
    }
    const cells = this.raw[column] || [];
    if (cells.codes) return { values: cells.values, codes: Uint32Array.from(cells.codes) };
    const known = new Map(), codes = new Uint32Array(this.n);
    for (let row = 0; row < this.n; row++) {
      const value = String(cells[row] ?? "");
      if (!known.has(value)) known.set(value, known.size);
      codes[row] = known.get(value);
    }
    return { values: [...known.keys()], codes };
  }

  // Rows sorted by a column, those without a value last.
  order(column) {
    if (!this.orders[column]) {
      const rows = Uint32Array.from({ length: this.n }, (_, row) => row);
      if (column === "length") rows.sort((a, b) => this.length(b) - this.length(a) || a - b);
      else if (column) {
        const { values, codes } = this.codes(column), rank = new Uint32Array(values.length);
        values.map((_, code) => code).sort((a, b) => (values[a] === "") - (values[b] === "") || byName(values[a], values[b])).forEach((code, at) => (rank[code] = at));
        rows.sort((a, b) => rank[codes[a]] - rank[codes[b]] || a - b);
      }
      this.orders[column] = rows;
    }
    return this.orders[column];
  }

  length(row) {
    this.lengths ||= Uint32Array.from({ length: this.n }, (_, at) => this.spans(at).reduce((sum, [start, end]) => sum + end - start, 0));
    return this.lengths[row];
  }

  // The words that the search looks through, without accents and capitals.
  searched(row) {
    this.words ||= new Array(this.n);
    return (this.words[row] ??= fold([this.shown(row), ...["actor", "speaker", "source", "target", "title"].map((column) => this.get(column, row))].join("\n")));
  }

  // What a row says: the words quoted, the sentence of a mention or a relation.
  shown(row) {
    if (this.name !== "mentions") return this.get("text", row);
    const article = this.article(row), [start, end] = this.articles.sentence(article, this.get("start", row), this.get("end", row));
    return this.articles.slice(article, start, end);
  }

  // Of the articles: characters from start to end as Python counts them, one to a code point.
  slice(article, start, end) {
    const text = this.get("text", article), at = this.units(article);
    return at ? text.slice(at[start], at[end]) : text.slice(start, end);
  }

  units(article) {
    this.maps ||= new Map();
    if (!this.maps.has(article)) {
      const text = this.get("text", article), at = [];
      if (/[\ud800-\udbff]/.test(text)) {
        for (let unit = 0; unit < text.length; unit += text.codePointAt(unit) > 0xffff ? 2 : 1) at.push(unit);
        at.push(text.length);
      }
      this.maps.set(article, at.length ? at : null);
    }
    return this.maps.get(article);
  }

  sentence(article, start, end) {
    this.sentences ||= new Map();
    if (!this.sentences.has(article)) {
      const cell = this.get("sentences", article);
      this.sentences.set(article, cell ? cell.split(";").map((span) => span.split("-").map(Number)) : paragraphs(this.get("text", article)));
    }
    const bounds = this.sentences.get(article), last = (at) => Math.max(bounds.findLastIndex(([first]) => first <= at), 0);
    return [Math.min(bounds[last(start)][0], start), Math.max(bounds[last(Math.max(end - 1, start))][1], end)];
  }

  rowsOf(article) {
    if (!this.of) {
      this.of = new Map();
      for (let row = 0; row < this.n; row++) {
        const number = this.article(row);
        this.of.has(number) ? this.of.get(number).push(row) : this.of.set(number, [row]);
      }
    }
    return this.of.get(article) || [];
  }

  // The table's rows as CSV, as save_tables writes it: a text that a spreadsheet would compute gets an apostrophe.
  csv(rows) {
    const columns = [...new Set(["article_id", "text", ...Object.keys(this.raw).filter((name) => name !== "article"), "outlet", "date", "title"])];
    const cell = (value) => typeof value === "number" ? String(value) : `"${String(value).replace(/^(?=[=+\-@\t\r])/, "'").replaceAll('"', '""')}"`;
    const lines = Array.from(rows, (row) => columns.map((column) => cell(this.get(column, row))).join(","));
    return [columns.map(cell).join(","), ...lines, ""].join("\n");
  }
}

function paragraphs(text) {
  let at = 0;
  return Array.from(text.split("\n"), (line) => {
    const start = at;
    at += Array.from(line).length + 1;
    return [start, at - 1];
  });
}
