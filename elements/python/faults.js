// Errors of Python in words for the reader: where, what, and which cell to run first.

const WORDS = {
  MemoryError: () => "the page's Python has no more memory. Keep fewer or smaller lists and arrays",
  RuntimeError: (message) =>
    /recursion|pystack/.test(message) ? "functions call each other, or themselves, too many times over: does the recursion end?" : message,
  ImportError: (message) =>
    message.replace(/^no module named '(.+)'$/, "this page's Python has no $1. Download the notebook to use it"),
  OSError: (message) =>
    message === "44" ? "there is no such file: a page's Python sees no files of yours. Download the notebook to read them" : message,
  SyntaxError: (message) =>
    message === "invalid syntax" ? "invalid syntax, here or at the end of the line before" : message,
};

/** Return whether a source gives a name a value at its outermost level. */
export function defines(source, name) {
  const word = `(?<![\\w.])${name}(?!\\w)`;
  const forms = [`(def|class) +${name}\\b`, `(import|for) .*${word}`, `from .* import .*${word}`, `\\(?([\\w\\[\\], *]*, *)?${word}[^=\\n(]*=(?!=)`];
  return new RegExp(`^(${forms.join("|")})`, "m").test(source);
}

/** Return what an error means: { type, text, line, place, needs }.
 *
 * `line` is the line of the running source at which it stopped; `place` the name and line of another cell
 * where the error arose, in a function that is called from here; `needs` the cell to run first.
 */
export function explain({ type, message, places }, name, source, cells, open) {
  const names = [name, ...cells.map((cell) => cell.name)];
  const own = places.filter(([file]) => names.includes(file));
  const [file, at] = own.at(-1) ?? [];
  const line = own.findLast(([each]) => each === name)?.[1];
  const missing = `${type}: ${message}`.match(/\bNameError: name '(\w+)'/)?.[1]; // in a check's words, too
  const needs = missing && open.find((cell) => defines(cell.source, missing));
  return {
    type,
    text: WORDS[type]?.(message) ?? message,
    line: line && Math.min(line, source.split("\n").length),
    place: file && file !== name ? { name: file, line: at } : null,
    needs: needs || null,
    missing,
  };
}
