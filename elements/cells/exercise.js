// <xor-exercise>: a cell for the reader to write, its check, hints that unfold one by one, and a solution.
// What is done is kept, and marked in the page's contents.

import { make } from "../drawing/dom.js";
import { follow, keep, recall } from "../python/keeping.js";
import { addTools, run } from "../python/tools.js";

const exercises = () => [...document.querySelectorAll("xor-exercise")];
const isDone = ({ classList }) => classList.contains("xor-right");
let willMark = false;

/** Mark the contents after all that is done now: all exercises of a page begin at once. */
function markSoon() {
  if (!willMark) queueMicrotask(mark);
  willMark = true;
}

/** Return the heading that an exercise stands under. */
function headingOf(exercise) {
  const headings = [...document.querySelectorAll("h1[id], h2[id], h3[id], h4[id]")];
  return headings.findLast((each) => each.compareDocumentPosition(exercise) & Node.DOCUMENT_POSITION_FOLLOWING);
}

/** Mark in the page's contents the sections whose exercises are all done. */
function mark() {
  willMark = false;
  document.querySelectorAll(".xor-done").forEach((each) => each.remove());
  const open = new Set(exercises().filter((each) => !isDone(each)).map(headingOf));
  for (const heading of new Set(exercises().map(headingOf))) {
    if (!heading || open.has(heading)) continue;
    for (const link of document.querySelectorAll(`.md-nav--secondary a[href$="#${CSS.escape(heading.id)}"]`))
      make(link, "span", " ✓", { class: "xor-done", role: "img", "aria-label": "done" });
  }
}

customElements.define("xor-exercise", class extends HTMLElement {
  #tools;
  #folds; // hints and solution, in the order in which they unfold

  connectedCallback() {
    const cell = this.querySelector("xor-code");
    if (this.#tools || !cell || !this.querySelector(".xd-check")) return; // a site can hide parts of cells
    this.classList.add("xor-exercise");
    const box = document.createElement("div");
    box.className = "xor";
    cell.after(box);
    this.append(this.querySelector(".xd-check")); // it comes first in the notebook, where it is run
    this.#tools = addTools(box, "Check", () => this.#check(cell));
    this.#tools.results.role = "status"; // what differs is said at once
    const solution = this.querySelector(".xd-solution");
    const put = solution && make(make(solution, "div", "", { class: "xor xor-tools" }), "button", "Put it into the cell", { type: "button" });
    if (put) put.onclick = () => cell.write(solution.querySelector("pre code").textContent.trimEnd());
    this.#folds = [...this.querySelectorAll(".xd-hint, .xd-solution")];
    for (const fold of this.#folds) fold.addEventListener("toggle", () => this.#unfold());
    this.addEventListener("reset", () => {
      this.#tools.results.replaceChildren();
      this.#keep(false);
    });
    follow(this.id, ({ done }) => this.#show(done));
    this.#show(recall(this.id).done);
  }

  /** Run the reader's cell and then its check. */
  async #check(cell) {
    await customElements.whenDefined("xor-code");
    this.#tools.results.replaceChildren();
    this.#tools.say("Checking…");
    const stops = await cell.run();
    const fault = stops ?? (await run(cell, this.#tools, this.querySelector(".xd-check pre code").textContent));
    if (!fault) return this.#keep(true);
    const said = stops ? "Your code stops with an error: see above." : this.#tools.status.textContent;
    // what was right before is no more; but it may be, where an earlier cell is missing, or the run was stopped
    const isWrong = stops ? stops.type && !stops.needs && !stops.isLost : fault.type === "AssertionError";
    isWrong ? this.#keep(false) : this.#show(false);
    this.#tools.say(said);
  }

  #keep(done) {
    keep(this.id, { done });
    this.#show(done);
  }

  #show(done = false) {
    this.classList.toggle("xor-right", done);
    this.#tools.say(done ? "✓ Done" : "");
    this.#unfold();
    markSoon();
  }

  /** Show the hints as far as they are opened, and then the solution. */
  #unfold() {
    let isNext = true;
    for (const fold of this.#folds) {
      fold.hidden = !isNext && !isDone(this);
      isNext &&= fold.open;
    }
  }
});
