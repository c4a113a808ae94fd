// What all parts have in common: a session, ids of their own, and a still picture that they replace.

import { forgetSizes } from "../drawing/canvas.js";
import { make } from "../drawing/dom.js";
import { sessionOf } from "./groups.js";

const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) target.resized();
});

/** An element that shows a session, or lets the reader change it.
 *
 * A part overrides build, which fills it once, and those of reshape, draw and say that it needs: see
 * session.js.
 */
export class Part extends HTMLElement {
  #leave;
  #prefix;

  connectedCallback() {
    if (!this.session) {
      this.session = sessionOf(this);
      const alike = [...this.session.parts].filter(({ localName }) => localName === this.localName);
      this.#prefix = `${this.session.name}${alike.length || ""}-`;
      this.classList.add("xor");
      this.build(this.session);
      const wrong = Object.values(this.session.problems).join(". "); // of the attributes: its author should know
      if (wrong && !this.session.parts.size) make(this, "p", wrong, { class: "xor-problem", role: "alert" });
    }
    if (!this.closest("xor-playground:not(:defined)")) this.join(); // which has its parts join when it begins
    replaceStill(this);
  }

  /** Show the session, from now on. */
  join() {
    this.#leave = this.session.subscribe(this);
    sizes.observe(this);
  }

  disconnectedCallback() {
    this.#leave?.();
    sizes.unobserve(this);
  }

  build() {}

  /** Fill the part with HTML, in which the ids begin with "$-". */
  render(html) {
    this.innerHTML = html.replaceAll("$-", this.#prefix);
  }

  /** Return the full form of an id. */
  id_(name) {
    return this.#prefix + name;
  }

  /** Return the element of the part with an id. */
  $(name) {
    return document.getElementById(this.id_(name));
  }

  /** Return the HTML of a title: a heading of the playground, a line above a lesson's figure. */
  title(text, name) {
    const tag = this.closest("xor-playground") ? "h2" : "p";
    return `<${tag} class="xor-title" id="$-${name}-title">${this.term(text)}</${tag}>`;
  }

  /** Return the HTML of a word that tells its meaning in the playground: see controls/term.js. */
  term(text, word = text) {
    return this.closest("xor-playground") ? `<xor-term of="${word}">${text}</xor-term>` : text;
  }

  /** Listen to an element with an id. */
  on(name, event, action) {
    this.$(name).addEventListener(event, action);
  }

  resized() {
    forgetSizes(this);
    this.draw?.(this.session);
    this.say?.(this.session);
  }
}

/** Return the HTML of a picture. */
export const canvas = (name, title, kind = name) =>
  `<canvas id="$-${name}" class="xor-${kind}" role="img" aria-label="${title}"></canvas>`;

/** Mark the pictures that a build has put before an <xor-run>, once all its parts live; they are for
 * print, and for where no script runs. */
function replaceStill(part) {
  const box = part.closest("xor-run");
  if (!box || box.querySelector(":scope > :not(:defined)")) return;
  box.classList.add("xor-alive");
  let still = box.parentElement;
  for (let count = box.getAttribute("stills"); count > 0; count--) {
    still = still?.previousElementSibling;
    still?.classList.add("xor-still");
  }
}
