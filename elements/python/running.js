// A run of a cell as its reader sees it: what is going on, what was printed and drawn, what went wrong.

import { make } from "../drawing/dom.js";
import { Notebook } from "./notebook.js";

const notebook = new Notebook(() => [...document.querySelectorAll("xor-code")]);

export const stop = () => notebook.stop();

/** Run a cell, or a check of it, into a row's results; resolve to what went wrong, null if nothing did.
 *
 * Where a name is missing that a cell above makes which has not run, that cell runs first.
 */
export async function run(cell, tools, check, ran = []) {
  const fault = await once(cell, tools, check, ran);
  if (!fault) return null;
  const { needs, isStale } = fault;
  if (!needs || isStale || isOpen(needs)) {
    show(fault, cell, tools, check);
    return fault;
  }
  tools.say(`Running ${needs.name} first…`);
  tools.offerStop(true);
  const stops = await run(needs, needs.tools);
  tools.offerStop(false);
  if (!stops) return run(cell, tools, check, [...ran, needs.name]);
  show(fault, cell, tools, check);
  tools.say(`It did not run: ${needs.name}, which comes first, ${stops.isLost ? "was stopped" : "stops with an error"}.`);
  return fault;
}

/** Whether a cell is an exercise that is still to be done. */
const isOpen = (cell) => cell.closest("xor-exercise:not(.xor-right)");

/** Run a cell, or a check of it, after those `ran` for it; resolve to what went wrong, which is not shown yet. */
async function once(cell, tools, check, ran) {
  const { results, say, offerStop } = tools;
  let printed = null;
  const told = ({ output, isCut, plot }) => {
    if (plot) {
      results.append(Object.assign(document.createElement("xor-plot"), { plot }));
      xordocs.load("plot");
    }
    if (output) printed ??= make(results, "pre", "", { tabindex: "0", "aria-label": "Output" });
    printed?.append(output ?? "");
    if (isCut) make(results, "p", "Only the first 10,000 characters are shown.", { class: "xor-hint" });
    if (plot) printed = null; // what is printed later stands below
  };
  const begun = () => {
    results.replaceChildren();
    if (ran.length) make(results, "p", `Ran ${ran.join(", ")} first.`, { class: "xor-hint" });
    say("Running…");
    offerStop(true);
  };
  cell.blame(0);
  say(notebook.isReady ? "Waiting for its turn…" : "Starting Python…");
  let fault;
  try {
    fault = await notebook.run(cell, check, begun, told);
  } catch ({ message: text }) {
    fault = { type: "", text };
  }
  offerStop(false);
  if (!fault) say(ended(cell, results, check));
  return fault;
}

/** Return what is said of a run that went well. */
function ended(cell, results, check) {
  if (results.querySelector("pre, xor-plot")) return "Done.";
  return isOpen(cell) && !check ? "Done. Check tells whether it is right." : "Done, nothing to show.";
}

/** Show what went wrong, with buttons that lead to where, and to what is to be run first. */
function show(fault, cell, tools, check) {
  const { type, text, line, place, needs, isLost } = fault;
  const box = make(tools.results, "p", "", { class: "xor-fault" });
  const sentence = `${[type, text].filter(Boolean).join(": ").replace(/([^.?!])$/, "$1.")} `;
  const lead = (where, at, words) => {
    make(box, "button", words, { type: "button", class: "xor-lead" }).onclick = () => where.goTo(at);
    where.blame(at);
  };
  const other = place && notebook.cells().find(({ name }) => name === place.name);
  if (check && type === "AssertionError") box.append(text);
  else if (check && other === cell) {
    lead(cell, place.line, `Line ${place.line} of your code`);
    box.append(": ", sentence);
  } else if (check) box.append("The check could not go on: ", sentence);
  else {
    if (line) lead(cell, line, `Line ${line}`);
    box.append(line ? ": " : "", sentence);
    if (other) {
      box.append("It arose in ");
      lead(other, place.line, `line ${place.line} of ${place.name}`);
      box.append(", which is called here. ");
    }
  }
  if (isLost) box.append("What the cells had made is gone: run them again from the top.");
  if (needs) offer(fault, cell, tools, check, box);
  tools.say(isLost ? "Stopped." : check ? "Not yet." : line ? `${type} in line ${line}.` : "It did not run.");
}

/** Offer to run the cell that makes a name which is missing. */
function offer({ needs, missing, isStale }, cell, tools, check, box) {
  const why = isOpen(needs) ? "an exercise that is still to be done" : isStale ? "which has changed since it ran" : "which has not run yet";
  box.append(`${missing} comes from `);
  make(box, "button", needs.name, { type: "button", class: "xor-lead" }).onclick = () => needs.goTo(1);
  box.append(`, ${why}. `);
  make(box, "button", `Run ${needs.name}, then this`, { type: "button" }).onclick = async () => {
    if (await run(needs, needs.tools)) tools.say(`${needs.name} stops with an error.`);
    else run(cell, tools, check);
  };
}
