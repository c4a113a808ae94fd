// Elements of the page.

/** Add an element, HTML or SVG as its parent is. */
export function make(parent, name, text = "", attributes = {}) {
  const element = document.createElementNS(parent.namespaceURI, name);
  element.textContent = text;
  for (const key in attributes) element.setAttribute(key, attributes[key]);
  parent.append(element);
  return element;
}

/** Write text where it is another than before, into the node that is there: a node put in its place
 * makes the page work out styles as well as lay itself out. */
export function write(element, text) {
  const node = element.firstChild ?? element.appendChild(new Text());
  if (node.data !== text) node.data = text;
}

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
export function complain(problem, message, input = null) {
  problem.textContent = message;
  if (message) return input?.setAttribute("aria-invalid", "true");
  for (const each of document.querySelectorAll(`[aria-describedby="${problem.id}"]`)) {
    each.removeAttribute("aria-invalid");
    each.value = each.shown ?? each.value;
  }
}

/** Run what may refuse its input with a RangeError; say why beside the field. */
export function attempt(problem, action, input = null) {
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
