// The run to take away, and a run brought back: as a link, as JSON, as code.

import * as address from "./address.js";
import { asJson, asKeras, asNumpy } from "./exports.js";
import { $, attempt, complain, here, state } from "./page.js";

const link = () => location.origin + location.pathname + address.query(here());
const FILES = { link: "xor.txt", json: "xor.json", numpy: "xor_numpy.py", keras: "xor_keras.py" };
const WRITE = { link, json: asJson, numpy: asNumpy, keras: asKeras };
const format = () => document.querySelector("[name=format]:checked").value;

function show() {
  const { run } = state;
  const isFinite = run.network.theta.every(Number.isFinite);
  $("text").value = isFinite ? WRITE[format()](run, link(), here()) : link();
  complain("text", isFinite ? "" : "A diverged run has no numbers to export; here is its link.");
}

/** Return the query of a link or of JSON. */
function read(text) {
  if (!text.trim().startsWith("{")) {
    if (text.includes("?")) return text.trim().split("?")[1].split("#")[0];
    throw new RangeError("This is neither a link with settings nor JSON.");
  }
  try {
    return address.query({ ...address.DEFAULTS, ...JSON.parse(text).settings });
  } catch (error) {
    throw new RangeError(`This JSON cannot be read: ${error.message}`);
  }
}

async function copy(text, said) {
  try {
    await navigator.clipboard.writeText(text);
    $("shared").textContent = said;
  } catch {
    if (!$("dialog").open) $("export").click();
    $("text").select(); // to be copied by hand
  }
}

/** Listen to the buttons; open is told the query of a run that was brought back. */
export function listen(open) {
  const on = (id, action) => $(id).addEventListener("click", action);
  on("copy", () => copy(link(), "Copied the link."));
  on("export", () => {
    show();
    $("dialog").showModal();
  });
  $("formats").addEventListener("change", show);
  on("copy-text", () => copy($("text").value, "Copied."));
  on("close", () => $("dialog").close());
  on("download", () => {
    const anchor = document.createElement("a");
    anchor.href = URL.createObjectURL(new Blob([$("text").value]));
    anchor.download = FILES[format()];
    anchor.click();
    URL.revokeObjectURL(anchor.href);
  });
  on("open", () =>
    attempt("text", () => {
      const query = read($("text").value);
      const [problem] = Object.values(address.parse(query).problems);
      if (problem) throw new RangeError(problem);
      $("dialog").close();
      open(query);
    }),
  );
}
