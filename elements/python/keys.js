// What keys do in a field of code: indentation, its way back, and comments. Text in, text out.

const STEP = "    ";
const CHANGES = {
  Tab: (line) => line && STEP + line,
  "Shift+Tab": (line) => line.replace(/^ {1,4}/, ""),
  "Control+/": (line, isCommented) => (isCommented ? line.replace(/^(\s*)# ?/, "$1") : line.replace(/^(\s*)(?=\S)/, "$1# ")),
};
const lineStart = (text, at) => text.lastIndexOf("\n", at - 1) + 1;

/** Return what a key changes: { from, to, text } to put in place, and the selection { start, end } after
 * it; null where the key does what it always does.
 */
export function edit(code, start, end, key) {
  const line = lineStart(code, start);
  const before = code.slice(line, start);
  if (key === "Enter") {
    const indent = before.match(/^ */)[0];
    const text = `\n${indent}${/:\s*(#.*)?$/.test(before) ? STEP : ""}`;
    return insert(start, end, text);
  }
  if (key === "Backspace")
    return start === end && before && /^( {4})+$/.test(before) ? insert(start - STEP.length, end, "") : null;
  if (key === "Tab" && start === end) return insert(start, end, " ".repeat(STEP.length - (before.length % STEP.length)));
  return CHANGES[key] ? change(code, line, start, end, key) : null;
}

const insert = (from, to, text) => ({ from, to, text, start: from + text.length, end: from + text.length });

/** Change all lines of a selection. */
function change(code, from, start, end, key) {
  const ending = code.indexOf("\n", end > start && code[end - 1] === "\n" ? end - 1 : end);
  const to = ending < 0 ? code.length : ending;
  const lines = code.slice(from, to).split("\n");
  const isCommented = lines.every((line) => /^\s*(#|$)/.test(line));
  const changed = lines.map((line) => CHANGES[key](line, isCommented));
  const text = changed.join("\n");
  const first = changed[0].length - lines[0].length;
  const whole = text.length - (to - from);
  return { from, to, text, start: Math.max(from, start + first), end: Math.max(from, end + whole) };
}
