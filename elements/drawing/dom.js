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
