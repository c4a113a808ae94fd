// Python's words, numbers, strings and comments as HTML, with the classes of a highlighted listing.

const WORDS =
  "and|as|assert|async|await|break|class|continue|def|del|elif|else|except|finally|for|from|global|if|import|in|is|lambda|nonlocal|not|or|pass|raise|return|try|while|with|yield|None|True|False";
const KINDS = ["c1", "s2", "mf", "k", "nf"];
const TOKEN = new RegExp(
  [
    "(#.*)",
    `((?:\\b[rbfu]{1,2})?(?:"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|"(?:\\\\.|[^"\\\\\\n])*"?|'(?:\\\\.|[^'\\\\\\n])*'?))`,
    "(\\b\\d[\\d_]*\\.?\\d*(?:e[+-]?\\d+)?)",
    `\\b(${WORDS})\\b`,
    "((?<=\\b(?:def|class)\\s+)\\w+)",
  ].join("|"),
  "g",
);
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const escape = (text) => text.replace(/[&<>]/g, (sign) => ESCAPES[sign]);

/** Return code as HTML, an element for each line. */
export function colour(code) {
  let html = "";
  let done = 0;
  for (const match of code.matchAll(TOKEN)) {
    const kind = KINDS[match.slice(1).findIndex((group) => group !== undefined)];
    const parts = escape(match[0]).split("\n");
    html += escape(code.slice(done, match.index));
    html += parts.map((part) => `<span class="${kind}">${part}</span>`).join("\n");
    done = match.index + match[0].length;
  }
  return (html + escape(code.slice(done))).split("\n").map((line) => `<div>${line}</div>`).join("");
}
