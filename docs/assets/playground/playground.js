// The controls: what the reader asks for goes into a run, and what the run has come to goes onto
// the page. Nothing here computes.

import * as address from "./address.js";
import { describeCurve, drawCurve, figure } from "./curve.js";
import { buildDiagram, describeDiagram, updateDiagram } from "./diagram.js";
import { diagnose, inWords } from "./diagnosis.js";
import { asJson, asKeras, asNumpy } from "./exports.js";
import { describeMap, drawMap, drawSpace, palette, survey } from "./map.js";
import { begin, change, look, solved, startAgain, step, tail } from "./run.js";
import { buildNumbers, buildTruth, updateNumbers, updateTruth } from "./tables.js";

const $ = (id) => document.getElementById(`pg-${id}`);
const course = JSON.parse(document.getElementById("playground-data").textContent);
const root = document.getElementById("pg");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const CHUNK = 1000; // milliseconds between two pictures for readers who want no motion
const SLICE = 12; // milliseconds of computing before the page gets a turn

let run;
let playing = null; // { since, done } while playing
let catching = 0; // counts journeys to a later epoch, so that a new one ends the last
let lattice;
let diagram;
let truth;
let numbers;
let selected = null;
let pinned = null;
let reading = null;
let toEpoch = () => 0;
let colours = palette(document.body);
let said = 0;
let scheduled = false;

// Messages beside the fields.

const FIELD_IDS = { loss: "loss-name", epoch: "limit", text: "text" };

function complain(name, message, field = $(FIELD_IDS[name] ?? name)) {
  $(`${name}-problem`).textContent = message;
  if (message) field?.setAttribute("aria-invalid", "true");
  else field?.removeAttribute("aria-invalid");
}

/** Run what may refuse its input; say why beside the field. */
function attempt(name, action, field) {
  try {
    action();
    complain(name, "", field);
    return true;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    complain(name, error.message, field);
    return false;
  }
}

// From the run to the page.

function draw() {
  scheduled = false;
  const loss = look(run);
  const { network, settings, pass } = run;
  const { activation } = settings;
  const outputs = pass.a.at(-1);
  lattice = survey(network, activation, lattice);
  const found = diagnose(network, run.y, settings, tail(run), course.limits);
  if (run.diverged) found.cause = "diverged";
  $("epoch").textContent = run.epoch;
  $("loss").textContent = figure(loss);
  const units = settings.hidden_layers.reduce((a, b) => a + b);
  $("dead").textContent = `${found.dead.length} of ${units}`;
  $("resting").textContent = `${found.resting.length} of ${units}`;
  $("saturated").textContent = `${found.saturated.length} of 4`;
  $("verdict").textContent = inWords(found, settings.hidden_layers);
  $("verdict").dataset.cause = found.cause;
  updateTruth(truth, outputs, run.y);
  drawMap($("map"), network, lattice, run.y, selected, colours);
  updateDiagram(diagram, run.gradient, $("gradient").checked, lattice, selected, colours);
  if ($("numbers").open) updateNumbers(numbers, network.theta, run.gradient.theta);
  const folds = settings.hidden_layers.at(-1) === 2;
  $("space").hidden = !folds;
  $("fold-hint").textContent = folds
    ? "The square, folded by the last hidden layer: each axis is a unit's output."
    : "Give the last hidden layer two units, and see here how they fold the square.";
  const space = folds ? drawSpace($("space"), network, pass, run.y, activation, colours) : "";
  const losses = [...run.losses, loss];
  toEpoch = drawCurve(
    $("plot"),
    [{ losses }, ...(pinned ? [{ losses: pinned.losses, pinned: true }] : [])],
    {
      log: $("log").checked,
      epochs: Math.max(run.epoch, pinned?.losses.length ?? 0, limit()),
      ladder: settings.loss === "mse",
      reading,
    },
    colours,
  );
  $("read").max = run.epoch;
  if (reading === null) $("read").value = run.epoch;
  const at = Math.min(Number($("read").value), run.epoch);
  $("read-out").textContent = `${at}: loss ${figure(losses[at])}`;
  $("read").setAttribute("aria-valuetext", `epoch ${at}, loss ${figure(losses[at])}`);
  if (pinned) {
    drawMap($("current-map"), network, lattice, run.y, null, colours);
    caption($("current"), "This run", found);
  }
  if (!playing) describe(found, outputs, losses, space);
  return found;
}

function describe(found, outputs, losses, space) {
  $("map").setAttribute("aria-label", describeMap(lattice, outputs));
  $("current-map").setAttribute("aria-label", `This run. ${describeMap(lattice, outputs)}`);
  $("plot").setAttribute("aria-label", describeCurve(losses));
  if (space) $("space").setAttribute("aria-label", space);
  describeDiagram(diagram, run.pass);
}

function caption(element, name, found) {
  const { seed, hidden_layers: hidden } = run.settings;
  element.replaceChildren();
  const lines = [
    `${name}: seed ${seed}, 2-${hidden.join("-")}-1, rate ${run.rate}`,
    `Epoch ${run.epoch}, loss ${figure(found.loss)}`,
    `Outputs ${found.outputs.map((output) => output.toFixed(3)).join(", ")}`,
    inWords(found, hidden),
  ];
  lines.forEach((line) => (element.appendChild(document.createElement("div")).textContent = line));
}

function schedule() {
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(() => scheduled && draw());
}

/** Write the run into the page's address. */
function settle() {
  const { settings, epoch } = run;
  const query = address.query({ ...settings, epoch });
  history.replaceState(null, "", location.pathname + query + location.hash);
}

function announce(text) {
  $("live").textContent = text;
  said = performance.now();
}

// The way through the epochs.

const limit = () => Number($("limit").dataset.value);

function stop(reason = "") {
  if (playing) $("play").textContent = "Play";
  playing = null;
  catching += 1;
  root.setAttribute("aria-busy", "false");
  $("note").textContent = reason;
  const found = draw();
  settle();
  announce(`${reason} Epoch ${run.epoch}, loss ${figure(found.loss)}. ${inWords(found, run.settings.hidden_layers)}`);
}

/** Take steps until an epoch; return why it cannot go on, if it cannot. */
function forwardTo(epoch, until = Infinity) {
  while (run.epoch < epoch && performance.now() < until) {
    step(run);
    if (run.diverged) return `Training diverged at epoch ${run.epoch}.`;
    if ($("stop").checked && (look(run), solved(run))) return "Solved.";
    if (run.epoch >= address.LIMITS.epoch) return `Stopped at epoch ${run.epoch}, the last one here.`;
  }
  return "";
}

function frame(now) {
  if (!playing) return;
  playing.last ??= now;
  const since = now - playing.last;
  if (!still.matches || since >= CHUNK) {
    playing.owed += (Math.min(since, CHUNK) * Number($("speed").value)) / 1000;
    playing.last = now;
    const target = Math.min(limit(), run.epoch + Math.floor(playing.owed));
    playing.owed %= 1;
    const why = forwardTo(target, performance.now() + SLICE / 3);
    if (why) return stop(why);
    if (run.epoch >= limit()) return stop("Reached the epoch limit.");
    draw();
    if (performance.now() - said > 5000) announce(`Epoch ${run.epoch}, loss ${$("loss").textContent}.`);
  }
  requestAnimationFrame(frame);
}

function play() {
  if (playing) return stop("Paused.");
  if (run.diverged) return stop("A diverged run cannot go on. Reset it.");
  if (run.epoch >= limit()) return stop("At the epoch limit. Raise it, or reset.");
  catching += 1;
  playing = { owed: 0 };
  said = performance.now();
  $("play").textContent = "Pause";
  $("note").textContent = "";
  requestAnimationFrame(frame);
}

function steps(count) {
  stop(forwardTo(Math.min(run.epoch + count, address.LIMITS.epoch)));
}

/** Compute up to an epoch, however long it takes, without holding up the page. */
function travel(epoch, then = "") {
  stop("");
  const journey = catching;
  root.setAttribute("aria-busy", "true");
  const go = () => {
    if (journey !== catching) return;
    const why = forwardTo(epoch, performance.now() + SLICE);
    if (why || run.epoch >= epoch) return stop(why || then);
    $("note").textContent = `Computing epoch ${run.epoch} of ${epoch}…`;
    setTimeout(go);
  };
  go();
}

// From the page's fields to the run.

/** Start a run, and show its settings in the fields. */
function start(settings) {
  playing = null;
  catching += 1;
  $("play").textContent = "Play";
  const rebuild = !run || String(run.settings.hidden_layers) !== String(settings.hidden_layers);
  run = begin(settings);
  reading = null;
  if (rebuild) {
    lattice = undefined;
    selected = null;
    showWidths(settings.hidden_layers);
  }
  build();
  for (const name of ["seed", "learning_rate", "activation", "initialization", "loss"])
    $(FIELD_IDS[name] ?? name).value = address.write(name, settings[name]);
  showRate();
  for (const name of [...Object.keys(address.FIELDS), "parameters"]) complain(name, "");
}

function build() {
  diagram = buildDiagram($("diagram"), run.network, (layer, unit) => {
    selected = selected && selected[0] === layer && selected[1] === unit ? null : [layer, unit];
    draw();
  });
  numbers = buildNumbers($("layers"), run.network, (place, field) =>
    edit("parameters", `p${place}`, () => address.finite(field.value), field),
  );
}

function edit(name, what, read, field) {
  const fine = attempt(name, () => {
    const value = read();
    change(run, what, value);
    run.diverged = false;
  }, field);
  if (fine) {
    field.dataset.shown = field.value; // no longer being typed: may be shown anew
    stop("");
  }
}

/** Start anew with one setting changed; the shape alone keeps no edited weights. */
function set(name, text) {
  attempt(name, () => {
    const value = address.FIELDS[name](text);
    const again = startAgain(run);
    const keeps = name === "activation" || name === "loss";
    start({ ...again, [name]: value, changes: keeps ? again.changes : [] });
    stop("");
  });
}

function setRate(text) {
  attempt("learning_rate", () => {
    change(run, "learning_rate", address.FIELDS.learning_rate(text));
    if (run.epoch === 0) run.settings = { ...startAgain(run) };
    showRate();
    settle();
    schedule();
  });
}

function showRate() {
  if (document.activeElement !== $("rate-slide")) $("rate-slide").value = Math.log10(run.rate);
  $("learning_rate").value = run.rate;
  $("rate-slide").setAttribute("aria-valuetext", String(run.rate));
}

function showWidths(hidden) {
  $("widths").replaceChildren(
    ...hidden.map((units, layer) => {
      const input = document.createElement("input");
      Object.assign(input, { type: "number", min: 1, max: address.LIMITS.width, value: units });
      input.setAttribute("aria-label", `Units in hidden layer ${layer + 1}`);
      input.setAttribute("aria-describedby", "pg-hidden_layers-problem");
      input.addEventListener("change", () => {
        const texts = [...$("widths").children].map(({ value }) => value);
        set("hidden_layers", texts.join(","));
      });
      return input;
    }),
  );
}

/** Open the run of a query: its settings at once, its epoch as soon as it is computed. */
function open(query) {
  const { settings, problems } = address.parse(query);
  const { epoch } = settings;
  start({ ...settings, epoch: 0 });
  if (epoch > limit()) setLimit(epoch);
  travel(epoch);
  for (const name in problems) complain(name, problems[name]);
}

function setLimit(value) {
  $("limit").value = $("limit").dataset.value = value;
}

// What the page offers.

const link = () => location.origin + location.pathname + address.query({ ...run.settings, epoch: run.epoch });

const FORMATS = {
  link: { write: link, file: "xor.txt" },
  json: { write: () => asJson(run, { ...run.settings, epoch: run.epoch }, [...run.pass.a.at(-1)]), file: "xor.json" },
  numpy: { write: () => asNumpy(run, link()), file: "xor_numpy.py" },
  keras: { write: () => asKeras(run, link()), file: "xor_keras.py" },
};
const format = () => document.querySelector("[name=format]:checked").value;

function showExport() {
  look(run);
  const finite = run.network.theta.every(Number.isFinite);
  $("text").value = finite ? FORMATS[format()].write() : link();
  complain("text", finite ? "" : "A diverged run has no finite numbers to export; here is its link.");
}

/** Return the query of a pasted link or JSON. */
function readText(text) {
  if (!text.trim().startsWith("{")) {
    if (text.includes("?")) return text.trim().split("?")[1].split("#")[0];
    throw new RangeError("This is neither a link with settings nor JSON.");
  }
  try {
    return address.query({ ...address.DEFAULTS, ...JSON.parse(text).settings }).slice(1);
  } catch (error) {
    throw new RangeError(`This JSON cannot be read: ${error.message}`);
  }
}

async function copy(text, said) {
  try {
    await navigator.clipboard.writeText(text);
    $("shared").textContent = said;
  } catch {
    $("dialog").open || $("export").click();
    $("text").select();
  }
}

function on(id, event, action) {
  $(id).addEventListener(event, action);
}

on("play", "click", play);
on("step", "click", () => steps(1));
on("ten", "click", () => steps(10));
on("end", "click", () => (run.epoch < limit() ? travel(limit(), "Reached the epoch limit.") : play()));
on("reset", "click", () => {
  start(startAgain(run));
  stop("");
});
on("next", "click", () => set("seed", String((run.settings.seed + 1) % 2 ** 32)));
on("seed", "change", ({ target }) => set("seed", target.value));
on("learning_rate", "change", ({ target }) => setRate(target.value));
on("rate-slide", "input", ({ target }) => setRate(String(+(10 ** target.value).toPrecision(2))));
on("activation", "change", ({ target }) => set("activation", target.value));
on("loss-name", "change", ({ target }) => set("loss", target.value));
on("initialization", "change", ({ target }) => set("initialization", target.value));
on("add", "click", () => set("hidden_layers", [...run.settings.hidden_layers, 4].join(",")));
on("remove", "click", () => set("hidden_layers", run.settings.hidden_layers.slice(0, -1).join(",")));
on("limit", "change", ({ target }) =>
  attempt("epoch", () => {
    setLimit(address.FIELDS.epoch(target.value));
    schedule();
  }),
);
root.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
for (const id of ["gradient", "log", "numbers"]) on(id, id === "numbers" ? "toggle" : "change", schedule);
on("read", "input", ({ target }) => {
  reading = Number(target.value);
  schedule();
});
on("plot", "pointermove", (event) => {
  reading = Math.max(0, Math.min(run.epoch, toEpoch(event.offsetX)));
  $("read").value = reading;
  schedule();
});
on("plot", "pointerleave", () => {
  reading = null;
  schedule();
});
on("pin", "click", () => {
  const found = draw();
  pinned = { losses: [...run.losses, found.loss], y: [...run.y], network: structuredClone(run.network), activation: run.settings.activation };
  $("pair").hidden = $("unpin").hidden = false;
  $("pins-hint").textContent = "Dashed on the loss curve: the pinned run.";
  caption($("pinned"), "Pinned", found);
  drawPinned();
  draw();
});
on("unpin", "click", () => {
  pinned = null;
  $("pair").hidden = $("unpin").hidden = true;
  $("pin").focus();
  draw();
});

function drawPinned() {
  const pass = survey(pinned.network, pinned.activation);
  drawMap($("pinned-map"), pinned.network, pass, pinned.y, null, colours);
}

on("copy", "click", () => copy(link(), "Copied the link."));
on("export", "click", () => {
  showExport();
  $("dialog").showModal();
});
on("formats", "change", showExport);
on("copy-text", "click", () => copy($("text").value, "Copied."));
on("close", "click", () => $("dialog").close());
on("download", "click", () => {
  const anchor = document.createElement("a");
  anchor.href = URL.createObjectURL(new Blob([$("text").value]));
  anchor.download = FORMATS[format()].file;
  anchor.click();
  URL.revokeObjectURL(anchor.href);
});
on("open", "click", () =>
  attempt("text", () => {
    const query = readText($("text").value);
    const [problem] = Object.values(address.parse(query).problems);
    if (problem) throw new RangeError(problem);
    $("dialog").close();
    open(query);
  }),
);

course.presets.forEach(({ name }, i) => $("preset").add(new Option(name, i)));
on("preset", "change", ({ target }) => {
  const preset = course.presets[target.value];
  $("preset-hint").textContent = preset ? preset.text : "";
  if (preset) {
    setLimit(500);
    open(preset.query);
  }
});

truth = buildTruth($("rows"), (row, field) => edit("targets", `y${row}`, () => address.label(field.value), field));
new ResizeObserver(() => {
  if (!run) return;
  build();
  draw();
  if (pinned) drawPinned();
}).observe($("diagram").parentElement);
new MutationObserver(() => {
  colours = palette(document.body);
  draw();
  if (pinned) drawPinned();
}).observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
setLimit(500);
open(location.search);
