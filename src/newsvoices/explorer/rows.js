// A long list of which only what can be seen is drawn; its items may differ in height.
class RowList {
  constructor({ label, draw, guess, choose, enter }) {
    Object.assign(this, { draw, guess, choose, enter, items: [], at: -1 });
    this.space = element("div", { class: "nv-space", role: "presentation" });
    this.place = element("div", { class: "nv-rows", role: "listbox", tabindex: 0, "aria-label": label }, this.space);
    this.place.addEventListener("scroll", () => this.paint());
    this.place.addEventListener("keydown", (event) => this.key(event));
    new ResizeObserver(() => this.resize()).observe(this.place);
  }

  set(items, at) {
    this.items = items;
    this.at = at;
    this.measure();
    this.place.scrollTop = at < 0 ? 0 : Math.max(this.tops[at] - this.place.clientHeight / 3, 0);
    this.paint(true);
  }

  measure() {
    const width = this.place.clientWidth;
    this.heights = new Float64Array(this.items.length);
    this.items.forEach((item, i) => (this.heights[i] = this.guess(item, width)));
    this.stack();
  }

  stack() {
    this.tops = new Float64Array(this.items.length + 1);
    for (let i = 0; i < this.items.length; i++) this.tops[i + 1] = this.tops[i] + this.heights[i];
    this.space.style.height = `${this.tops[this.items.length]}px`;
  }

  resize() {
    if (this.place.clientWidth === this.width || !this.place.clientWidth) return;
    this.width = this.place.clientWidth;
    this.measure();
    this.paint(true);
  }

  found(y) {
    let low = 0, high = this.items.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.tops[middle + 1] <= y) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  // Draws what lies in view, measures it, and moves what follows if it was guessed wrongly.
  paint(anew = false) {
    const top = this.place.scrollTop, height = this.place.clientHeight;
    const first = Math.max(this.found(top) - 3, 0), last = Math.min(this.found(top + height) + 4, this.items.length);
    if (!anew && first === this.first && last === this.last) return;
    Object.assign(this, { first, last });
    const drawn = [];
    for (let i = first; i < last; i++) {
      const row = this.draw(this.items[i]);
      row.id ||= `nv-option-${this.place.dataset.list}-${i}`;
      for (const [name, value] of [["role", "option"], ["aria-selected", i === this.at], ["aria-posinset", i + 1], ["aria-setsize", this.items.length]]) row.setAttribute(name, value);
      row.addEventListener("click", () => this.go(i, true));
      drawn.push(row);
    }
    this.space.replaceChildren(...drawn);
    const above = this.tops[this.found(top)];
    let moved = false;
    const heights = drawn.map((row) => row.offsetHeight);
    heights.forEach((real, i) => {
      if (real && Math.abs(real - this.heights[first + i]) > 0.5) [this.heights[first + i], moved] = [real, true];
    });
    if (moved) {
      const seen = this.found(top);
      this.stack();
      if (this.tops[seen] !== above) this.place.scrollTop = top + this.tops[seen] - above;
    }
    drawn.forEach((row, i) => (row.style.transform = `translateY(${this.tops[first + i]}px)`));
    this.mark();
    if (moved && this.tops[last] < this.place.scrollTop + height && last < this.items.length) this.paint();
  }

  mark() {
    const row = this.space.children[this.at - this.first];
    for (const child of this.space.children) child.setAttribute("aria-selected", child === row);
    if (row) this.place.setAttribute("aria-activedescendant", row.id);
    else this.place.removeAttribute("aria-activedescendant");
  }

  go(i, clicked = false) {
    if (!this.items.length) return;
    this.at = Math.min(Math.max(i, 0), this.items.length - 1);
    const top = this.tops[this.at], bottom = this.tops[this.at + 1], { scrollTop, clientHeight } = this.place;
    if (top < scrollTop) this.place.scrollTop = top;
    else if (bottom > scrollTop + clientHeight) this.place.scrollTop = Math.min(top, bottom - clientHeight);
    this.paint();
    this.mark();
    this.choose(this.items[this.at], clicked);
  }

  key(event) {
    const page = Math.max(this.last - this.first - 8, 1), end = this.items.length;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -end, End: end }[event.key];
    if (step) this.go(this.at + step);
    else if (event.key === "Enter" && this.at >= 0) this.enter(this.items[this.at]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
