// The row of buttons under a cell or an exercise, what it says, and where results are shown.

import { make, write } from "../drawing/dom.js";

/** Add a row whose first button does something, and a place for its results below it. */
export function addTools(parent, label, action) {
  const row = make(parent, "div", "", { class: "xor-tools" });
  const go = make(row, "button", label, { type: "button", class: "xor-primary" });
  const stop = make(row, "button", "Stop", { type: "button", hidden: "" });
  const status = make(row, "span", "", { role: "status" });
  go.onclick = action;
  stop.onclick = () => xordocs["python/running"].stop();
  return {
    row,
    status,
    results: make(parent, "div", "", { class: "xor-results" }),
    say: (text) => write(status, text),
    /** Let the reader stop what runs. */
    offerStop(isOn) {
      if (!isOn && document.activeElement === stop) go.focus();
      stop.hidden = !isOn;
    },
  };
}

/** Have Python run a cell, or a check of it, and show what comes of it in a row's results; resolve to what
 * went wrong, null if nothing did. Python is fetched at the first run.
 */
export async function run(cell, tools, check = "") {
  if (!xordocs["python/running"]) tools.say("Starting Python…");
  if (await xordocs.load("python")) return xordocs["python/running"].run(cell, tools, check);
  const text = "Python could not be fetched. Are you online? Press the button to try again.";
  tools.say(text);
  return { text };
}
