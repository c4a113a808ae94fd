// <xor-code>: a listing that the reader changes and runs. The cells of a page are one notebook. They are
// built one after the other while nothing else is to be done; at once if they are asked for, or if they
// hold what a reader wrote, which may be longer.

import { make } from "../drawing/dom.js";
import { colour } from "../python/colours.js";
import { follow, keep, recall } from "../python/keeping.js";
import { edit } from "../python/keys.js";
import { addTools, run } from "../python/tools.js";

const REFUSED = "Your browser keeps nothing for this page: what you write is gone when you leave it.";
let hasWarned = false;

const waiting = [];
const soon = (next) => window.requestIdleCallback?.(next, { timeout: 1000 }) ?? setTimeout(next);

function buildNext() {
  const cell = waiting.shift();
  if (waiting.length) soon(buildNext);
  cell?.build();
}

function buildAll() {
  while (waiting.length) waiting.shift().build();
}

addEventListener("beforeprint", buildAll);

customElements.define("xor-code", class extends HTMLElement {
  #tools;
  #id; // under which its code is kept
  #outputs; // what the build computed
  #field;
  #lines;
  #reset;
  #changed; // a note, when the lesson's code has
  #wrong = 0; // the line at which the last run stopped
  #mayLeave = false; // by Tab, after Esc

  connectedCallback() {
    if (this.#id) return;
    const number = [...document.querySelectorAll("xor-code")].indexOf(this) + 1;
    this.name = `cell ${number}`;
    this.#id = this.closest("xor-exercise")?.id || this.getAttribute("name") || `cell-${number}`;
    this.lesson = this.querySelector("pre code").textContent.trimEnd();
    if (recall(this.#id).text !== undefined) this.build();
    else if (waiting.push(this) === 1) soon(buildNext);
  }

  get tools() {
    this.build();
    return this.#tools;
  }

  /** Build the field and its buttons, if they are not there yet. */
  build() {
    if (this.#tools) return;
    const listing = [...this.children].find((each) => each.contains(this.querySelector("pre code")));
    listing.hidden = true;
    this.#outputs = [...this.children].filter((each) => each !== listing);
    this.classList.add("xor", "xor-cell");
    this.role = "group";
    this.ariaLabel = this.name.replace("c", "C");
    const id = `xor-${this.name.replace(" ", "-")}`;
    const editor = make(this, "div", "", { class: "xor-code highlight" });
    this.#lines = make(editor, "div", "", { class: "xor-lines", "aria-hidden": "true" });
    this.#field = make(editor, "textarea", "", {
      rows: 1, // the lines beneath give it its height
      "aria-label": `Code of ${this.name}`,
      "aria-describedby": id,
      spellcheck: "false",
      autocapitalize: "off",
      autocorrect: "off",
      autocomplete: "off",
    });
    this.#field.oninput = () => this.#keep();
    this.#field.onkeydown = (event) => this.#press(event);
    this.#changed = make(this, "p", "The lesson’s code has changed since you wrote yours. ", { class: "xor-hint" });
    this.#tools = addTools(this, "Run", () => this.run());
    const { row, status, results } = this.#tools;
    this.#reset = document.createElement("button");
    status.before(this.#reset);
    for (const [button, text] of [[this.#reset, "Reset"], [make(this.#changed, "button"), "Take the lesson’s"]]) {
      Object.assign(button, { type: "button", textContent: text });
      button.onclick = () => this.write(this.lesson);
    }
    make(row, "span", "Ctrl-Enter runs. Esc, then Tab, leaves the field.", { class: "xor-hint", id });
    make(row, "b", this.ariaLabel, { class: "xor-hint", "aria-hidden": "true" });
    results.append(...this.#outputs);
    this.#restore(recall(this.#id));
    follow(this.#id, (kept) => this.#restore(kept));
  }

  get source() {
    return this.#field?.value ?? recall(this.#id).text ?? this.lesson;
  }

  /** Run the code; resolve to what went wrong, null if nothing did. */
  run() {
    return run(this, this.tools);
  }

  /** Put other code into the field, so that undo takes it back. */
  write(source) {
    this.build();
    this.#put({ from: 0, to: this.source.length, text: source, start: 0, end: 0 });
    if (source === this.lesson) this.dispatchEvent(new Event("reset", { bubbles: true }));
  }

  /** Mark the line at which a run stopped, none if it is 0. */
  blame(line) {
    this.build();
    this.#wrong = line;
    this.#draw();
  }

  /** Take the reader to a line. */
  goTo(line) {
    this.build();
    const lines = this.source.split("\n");
    const start = lines.slice(0, line - 1).join("\n").length + (line > 1);
    this.#field.focus();
    this.#field.setSelectionRange(start, start + lines[line - 1].length);
    this.#lines.children[line - 1].scrollIntoView({ block: "center" });
  }

  /** Show what is kept, or the lesson's code. */
  #restore({ text, lesson }) {
    this.#field.value = text ?? this.lesson;
    this.#changed.hidden = text === undefined || lesson === this.lesson;
    this.#draw();
  }

  #keep() {
    const text = this.source === this.lesson ? undefined : this.source;
    if (!keep(this.#id, { text, lesson: this.lesson }) && !hasWarned) {
      hasWarned = true;
      this.tools.say(REFUSED);
    }
    this.#changed.hidden = true;
    this.blame(0);
  }

  #draw() {
    const isOwn = this.source !== this.lesson;
    this.#lines.innerHTML = colour(this.source);
    this.#reset.hidden = !isOwn;
    for (const output of this.#outputs) output.hidden = isOwn;
    const line = this.#lines.children[this.#wrong - 1];
    line?.classList.add("xor-wrong");
    this.#field.ariaInvalid = line ? "true" : null;
  }

  #press(event) {
    const { key, shiftKey, ctrlKey, metaKey, altKey, isComposing } = event;
    if (isComposing || altKey || key === "Shift" || (key === "Tab" && this.#mayLeave)) return;
    this.#mayLeave = key === "Escape";
    const name = `${ctrlKey || metaKey ? "Control+" : ""}${key === "Tab" && shiftKey ? "Shift+" : ""}${key}`;
    const { selectionStart, selectionEnd } = this.#field;
    const change = name !== "Control+Enter" && edit(this.source, selectionStart, selectionEnd, name);
    if (change === null) return;
    event.preventDefault();
    change ? this.#put(change) : this.run();
  }

  #put({ from, to, text, start, end }) {
    const field = this.#field;
    field.focus();
    field.setSelectionRange(from, to);
    if (!document.execCommand(text ? "insertText" : "delete", false, text)) field.setRangeText(text);
    field.setSelectionRange(start, end);
    this.#keep();
  }
});
