// Parts with fields, which may refuse what the reader enters.

import { make } from "../drawing/dom.js";
import { Part } from "./part.js";

/** A part with fields, and a place beside them for what is wrong. */
export class Form extends Part {
  #problems = null;

  /** Run what may refuse its input; say why in the part's place for problems of that name. */
  attempt(name, action, input) {
    return attempt(this.$(`${name}-problem`), action, input);
  }

  /** Show the session's problems in the places that the part has for them. */
  update() {
    const { problems } = this.session;
    if (problems === this.#problems) return;
    this.#problems = problems;
    for (const place of this.querySelectorAll("[id$=-problem]"))
      complain(place, problems[place.id.slice(this.id_("").length, -"-problem".length)] ?? "");
  }
}

/** Return the HTML of a place for problems. */
export const problem = (name) => `<p class="xor-problem" id="$-${name}-problem" role="alert"></p>`;

/** Add a field for a number; changed is told the field when the reader has entered one. */
export function field(parent, name, problem, changed) {
  const attributes = { type: "text", inputmode: "decimal", "aria-label": name, "aria-describedby": problem.id };
  const input = make(parent, "input", "", attributes);
  input.addEventListener("change", () => changed(input));
  return input;
}

/** Put a number into its field, unless it is there or the reader is typing another. */
export function show(input, text) {
  if (input.shown === text) return;
  if (document.activeElement !== input || input.shown === input.value) input.value = text;
  input.shown = text;
}

/** Put a message beside the field that is wrong; or take it away, and what was wrong. */
function complain(problem, message, input = null) {
  problem.textContent = message;
  if (message) return input?.setAttribute("aria-invalid", "true");
  for (const each of document.querySelectorAll(`[aria-describedby="${problem.id}"]`)) {
    each.removeAttribute("aria-invalid");
    each.value = each.shown ?? each.value;
  }
}

/** Run what may refuse its input with a RangeError; say why beside the field. */
function attempt(problem, action, input = null) {
  let message = "";
  try {
    action();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    message = error.message;
  }
  complain(problem, message, input);
  return !message;
}
