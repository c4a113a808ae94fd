// What the run has come to, drawn and said: each view from the same numbers.

import { describeCurve, drawCurve, figure } from "./curve.js";
import { buildDiagram, describe, describeDiagram, drawUnits, updateDiagram } from "./diagram.js";
import { diagnose, inWords } from "./diagnosis.js";
import { COARSE, FINE, describeMap, drawMap, drawSpace, survey } from "./map.js";
import { LOSSES } from "./network.js";
import { $, forgetSizes, pageData, palette, state } from "./page.js";
import { look, tail } from "./run.js";
import { buildNumbers, buildTruth, updateNumbers, updateTruth, write } from "./tables.js";

let colours = palette(document.body);
let lattice, diagram, truth, numbers;
let isScheduled = false;
let due = 0; // when what is read, not watched, is written again while playing
export let isBehind = false; // whether it then waits
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
  const place = [...$("diagram").children].indexOf(document.activeElement);
  diagram = buildDiagram($("diagram"), state.run.network, (...unit) => {
    state.selected = String(state.selected) === String(unit) ? null : unit;
    draw();
  });
  $("diagram").children[place]?.focus({ preventScroll: true });
}

/** Draw again when there is time. */
export function schedule() {
  if (!isScheduled) requestAnimationFrame(() => isScheduled && draw());
  isScheduled = true;
}

/** Say how a run stands. */
function report(run) {
  const { network, settings, y, rate, epoch } = run;
  const found = diagnose(network, y, settings, tail(run), pageData.thresholds);
  const words = inWords(found, pageData.messages);
  const loss = figure(found.loss);
  const summary = [
    `Seed ${settings.seed}, 2-${settings.hidden_layers.join("-")}-1, rate ${rate}`,
    `Epoch ${epoch}, loss ${loss}`,
    `Outputs ${found.outputs.map((output) => output.toFixed(3)).join(", ")}`,
    words,
  ].join("\n");
  return { ...found, words, loss, summary };
}

/** Bring everything up to date; return what it comes to in words, unless it is playing. */
export function draw() {
  isScheduled = false;
  const { run, selected, pinned, reading } = state;
  const { network, settings, pass, gradient, epoch, y } = run;
  const { activation, hidden_layers: hidden } = settings;
  const losses = run.losses.concat(look(run));
  lattice = survey(network, activation, colours, state.isPlaying ? COARSE : FINE, lattice);
  // the pictures first: text drawn after the page was changed makes it work out its styles anew
  const epochs = Math.max(epoch, pinned?.epoch ?? 0, $("epoch").dataset.value);
  const options = { log: $("log").checked, epochs, reading, plateaus: LOSSES[settings.loss].plateaus };
  epochAt = drawCurve($("plot"), losses, pinned?.losses ?? [], options, colours);
  drawMap($("map"), network, lattice, y, selected, colours);
  drawUnits(diagram, lattice);
  const folds = hidden.at(-1) === 2;
  if ($("folded").hidden === folds) $("folded").hidden = !($("unfolded").hidden = folds);
  const space = folds && drawSpace($("space"), network, pass, y, activation, colours);
  isBehind = state.isPlaying && performance.now() < due;
  if (isBehind) return {};
  due = performance.now() + 60; // words and numbers too quick to be read cost a frame its time
  const found = report(run);
  const of = hidden.reduce((a, b) => a + b);
  write($("at"), `${epoch}`);
  write($("now"), found.loss);
  write($("dead"), `${found.dead.length} of ${of}`);
  write($("resting"), `${found.resting.length} of ${of}`);
  write($("saturated"), `${found.saturated.length} of 4`);
  write($("verdict"), found.words);
  $("verdict").dataset.cause = found.cause;
  updateTruth(truth, found.outputs, y);
  updateDiagram(diagram, gradient, $("gradient").checked, selected);
  write($("chosen"), selected ? describe(network, pass, ...selected) : "");
  if ($("numbers").open) updateNumbers(numbers, network.theta, gradient.theta);
  const at = Math.min(reading ?? epoch, epoch);
  $("read").max = epoch;
  $("read").value = at;
  write($("read-out"), `${at}: loss ${figure(losses[at])}`);
  $("read").setAttribute("aria-valuetext", `epoch ${at}, loss ${figure(losses[at])}`);
  if (pinned) {
    drawMap($("current-map"), network, lattice, y, selected, colours);
    write($("current-caption"), `This run\n${found.summary}`);
  }
  if (!state.isPlaying) {
    $("map").setAttribute("aria-label", describeMap(lattice, found.outputs));
    $("current-map").setAttribute("aria-label", `This run. ${describeMap(lattice, found.outputs)}`);
    $("plot").setAttribute("aria-label", describeCurve(losses));
    if (space) $("space").setAttribute("aria-label", space);
    describeDiagram(diagram, pass);
  }
  return found;
}

/** Keep a run beside the ones to come, or none. */
export function pin(run) {
  state.pinned = run;
  $("pair").hidden = $("unpin").hidden = !run;
  redraw();
}

function redraw() {
  draw();
  const { pinned } = state;
  if (!pinned) return;
  const { network, settings, y } = pinned;
  const { outputs, summary } = report(pinned);
  const pass = survey(network, settings.activation, colours, FINE);
  drawMap($("pinned-map"), network, pass, y, null, colours);
  $("pinned-map").setAttribute("aria-label", `Pinned run. ${describeMap(pass, outputs)}`);
  write($("pinned-caption"), `Pinned run\n${summary}`);
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
