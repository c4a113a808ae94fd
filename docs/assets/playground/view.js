// What the run has come to, drawn and said: each view from the same numbers.

import { describeCurve, drawCurve, figure } from "./curve.js";
import { buildDiagram, describeDiagram, updateDiagram } from "./diagram.js";
import { diagnose, inWords } from "./diagnosis.js";
import { copyMap, describeMap, drawMap, drawSpace, forgetSizes, palette, survey } from "./map.js";
import { $, course, state } from "./page.js";
import { look, tail } from "./run.js";
import { buildNumbers, buildTruth, updateNumbers, updateTruth, write } from "./tables.js";

let colours = palette(document.body);
let lattice, diagram, truth, numbers;
let isScheduled = false;
let due = 0; // when what is read, not watched, is to be written again
let epochAt = () => 0;

/** Build what depends on the network's shape; the callbacks are told what the reader changes. */
export function build({ onLabel, onNumber }) {
  const { network } = state.run;
  lattice = undefined;
  truth ??= buildTruth($("rows"), onLabel);
  numbers = buildNumbers($("layers"), network, onNumber);
  arrange();
}

function arrange() {
  forgetSizes();
  diagram = buildDiagram($("diagram"), state.run.network, (...unit) => {
    state.selected = String(state.selected) === String(unit) ? null : unit;
    draw();
  });
}

/** Draw again when there is time. */
export function schedule() {
  if (!isScheduled) requestAnimationFrame(() => isScheduled && draw());
  isScheduled = true;
}

/** Bring everything up to date; return the loss and the diagnosis in words. */
export function draw() {
  isScheduled = false;
  const { run, selected, pinned, reading } = state;
  const { network, settings, pass, gradient, epoch, y } = run;
  const { activation, hidden_layers: hidden } = settings;
  const losses = run.losses.concat(look(run));
  const outputs = pass.a.at(-1);
  lattice = survey(network, activation, lattice);
  const found = diagnose(network, y, settings, tail(run), course.limits);
  const words = inWords(found, course.words);
  // the pictures first: text drawn after the page was changed makes it work out its styles anew
  const curves = pinned ? [{ losses }, { losses: pinned.losses, isPinned: true }] : [{ losses }];
  const epochs = Math.max(epoch, pinned?.losses.length ?? 0, $("epoch").dataset.value);
  const options = { log: $("log").checked, epochs, reading, ladder: settings.loss === "mse" };
  epochAt = drawCurve($("plot"), curves, options, colours);
  drawMap($("map"), network, lattice, y, selected, colours);
  const folds = hidden.at(-1) === 2;
  if ($("folded").hidden === folds) $("folded").hidden = !($("unfolded").hidden = folds);
  const space = folds && drawSpace($("space"), network, pass, y, activation, colours);
  const isDue = !state.isPlaying || performance.now() > due; // numbers too quick to be read
  if (isDue) due = performance.now() + 150;
  if (pinned && isDue) copyMap($("current-map"), $("map"));
  const of = hidden.reduce((a, b) => a + b);
  write($("at"), `${epoch}`);
  write($("now"), figure(found.loss));
  write($("dead"), `${found.dead.length} of ${of}`);
  write($("resting"), `${found.resting.length} of ${of}`);
  write($("saturated"), `${found.saturated.length} of 4`);
  write($("verdict"), words);
  $("verdict").dataset.cause = found.cause;
  updateTruth(truth, outputs, y);
  updateDiagram(diagram, gradient, $("gradient").checked, lattice, selected, colours);
  if ($("numbers").open && isDue) updateNumbers(numbers, network.theta, gradient.theta);
  $("read").max = epoch;
  $("read").value = reading ?? epoch;
  const at = Math.min(reading ?? epoch, epoch);
  write($("read-out"), `${at}: loss ${figure(losses[at])}`);
  $("read").setAttribute("aria-valuetext", `epoch ${at}, loss ${figure(losses[at])}`);
  const summary = [
    `Seed ${settings.seed}, 2-${hidden.join("-")}-1, rate ${run.rate}`,
    `Epoch ${epoch}, loss ${figure(found.loss)}`,
    `Outputs ${found.outputs.map((output) => output.toFixed(3)).join(", ")}`,
    words,
  ];
  if (pinned && isDue) write($("current"), ["This run", ...summary].join("\n"));
  if (!state.isPlaying) {
    $("map").setAttribute("aria-label", describeMap(lattice, outputs));
    $("current-map").setAttribute("aria-label", `This run. ${describeMap(lattice, outputs)}`);
    $("plot").setAttribute("aria-label", describeCurve(losses));
    if (space) $("space").setAttribute("aria-label", space);
    describeDiagram(diagram, pass);
  }
  return { losses, words, summary };
}

/** Keep the run as it is now beside the ones to come, or let it go. */
export function pin(isWanted) {
  const { run } = state;
  const { losses, summary } = draw();
  const { network, y, settings } = run;
  state.pinned = isWanted
    ? {
        losses,
        y: [...y],
        network: structuredClone(network),
        activation: settings.activation,
        outputs: run.pass.a.at(-1).slice(),
      }
    : null;
  $("pair").hidden = $("unpin").hidden = !isWanted;
  write($("pinned"), ["Pinned run", ...summary].join("\n"));
  redraw();
}

function redraw() {
  draw();
  const { pinned } = state;
  if (!pinned) return;
  const pass = survey(pinned.network, pinned.activation);
  drawMap($("pinned-map"), pinned.network, pass, pinned.y, null, colours);
  $("pinned-map").setAttribute("aria-label", `Pinned run. ${describeMap(pass, pinned.outputs)}`);
}

/** Read the loss of an epoch: of the last one when it is null. */
export function read(epoch) {
  const { run } = state;
  state.reading = epoch === null || epoch >= run.epoch ? null : Math.max(0, epoch);
  schedule();
}

/** Follow the page's size and colours, and the pointer on the curve. */
export function follow() {
  new ResizeObserver(() => {
    arrange();
    redraw();
  }).observe($("diagram").parentElement);
  new MutationObserver(() => {
    colours = palette(document.body);
    redraw();
  }).observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
  $("plot").addEventListener("pointermove", (event) => read(epochAt(event.offsetX)));
  $("plot").addEventListener("pointerleave", () => read(null));
  $("read").addEventListener("input", ({ target }) => read(Number(target.value)));
  for (const id of ["gradient", "log"]) $(id).addEventListener("change", schedule);
  $("numbers").addEventListener("toggle", schedule);
}
