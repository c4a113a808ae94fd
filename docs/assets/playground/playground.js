// The controls: what the reader asks for goes into a run.

import * as address from "./address.js";
import { listen } from "./share.js";
import { $, attempt, complain, here, pageData, state } from "./page.js";
import { begin, change, startAgain } from "./run.js";
import { make } from "./tables.js";
import { announce, bring, limit, play, setLimit, settle, steps, stop, travel } from "./travel.js";
import { build, follow, pin, schedule } from "./view.js";

const { choices, epochs: EPOCHS, presets } = pageData;
const CHOICES = Object.keys(choices);
const FIELDS = ["seed", "learning_rate", ...CHOICES];

/** Start a run, and show its settings in the fields. */
function start(settings) {
  const before = state.run?.settings.hidden_layers;
  state.run = begin(settings);
  state.reading = null;
  if (String(before) !== String(settings.hidden_layers)) {
    state.selected = null;
    showWidths(settings.hidden_layers);
  }
  build({
    onLabel: (row, field) => edit("targets", `y${row}`, address.label, field),
    onNumber: (place, field) => edit("parameters", `p${place}`, address.finite, field),
  });
  for (const name of FIELDS) $(name).value = address.write(name, settings[name]);
  showRate();
  for (const name of [...Object.keys(address.FIELDS), "parameters"]) complain(name, "");
}

/** Change a label or a number of the network where the run now is. */
function edit(name, what, read, field) {
  if (!attempt(name, () => change(state.run, what, read(field.value)), field)) return;
  state.run.diverged = false;
  stop(state.isPlaying ? "Paused: a number was changed." : "");
}

/** Start anew with one setting changed; another shape, seed or start drops edited weights. */
function set(name, text, field) {
  const action = () => {
    const value = address.FIELDS[name](text);
    const again = startAgain(state.run);
    const keeps = name === "activation" || name === "loss";
    start({ ...again, [name]: value, changes: keeps ? again.changes : [] });
    $("preset").value = $("preset-hint").textContent = "";
    stop();
  };
  attempt(name, action, field);
}

function setRate(text) {
  attempt("learning_rate", () => {
    change(state.run, "learning_rate", address.FIELDS.learning_rate(text));
    showRate();
    if (!state.isPlaying) settle();
    schedule();
  });
}

function showRate() {
  const { rate } = state.run;
  if (document.activeElement !== $("rate-slide")) $("rate-slide").value = Math.log10(rate);
  $("rate-slide").setAttribute("aria-valuetext", $("learning_rate").value = rate);
}

function showWidths(hidden) {
  const { children } = $("hidden_layers"); // those that stay keep the focus
  while (children.length > hidden.length) children[hidden.length].remove();
  hidden.forEach((value, layer) => {
    const input = children[layer] ?? make($("hidden_layers"), "input", "", {
      type: "number",
      min: 1,
      max: address.LIMITS.width,
      "aria-label": `Units in hidden layer ${layer + 1}`,
      "aria-describedby": "pg-hidden_layers-problem",
    });
    input.value = value;
  });
}

const widths = () => [...$("hidden_layers").children].map(({ value }) => value);

/** Open the run of a query: its settings at once, its epoch as soon as it is computed. */
function open(query) {
  const { settings, problems } = address.parse(query);
  start({ ...settings, epoch: 0 });
  if (settings.epoch > limit()) setLimit(settings.epoch);
  if (settings.pinned) bring(settings.pinned);
  travel(settings.epoch);
  for (const name in problems) complain(name, problems[name], null); // its field has the usual
}

function keep(run) {
  pin(run);
  settle();
  announce(run ? "Pinned this run." : "Unpinned.");
}

const on = (id, event, action) => $(id).addEventListener(event, action);
const onClick = (actions) => Object.keys(actions).forEach((id) => on(id, "click", actions[id]));

onClick({
  play,
  step: () => steps(1),
  ten: () => steps(10),
  end: () => (state.run.epoch < limit() ? travel(limit(), "Reached the epoch limit.") : play()),
  reset() {
    start(startAgain(state.run));
    stop();
  },
  next: () => set("seed", String((state.run.settings.seed + 1) % 2 ** 32)),
  add: () => set("hidden_layers", [...widths(), 4].join(",")),
  remove: () => set("hidden_layers", widths().slice(0, -1).join(",")),
  pin: () => keep(structuredClone({ ...state.run, settings: { ...here(), pinned: null } })),
  unpin() {
    keep(null);
    $("pin").focus();
  },
});
for (const name of CHOICES)
  for (const value in choices[name]) $(name).add(new Option(choices[name][value], value));
for (const name of ["seed", ...CHOICES])
  on(name, "change", ({ target }) => set(name, target.value));
on("hidden_layers", "change", ({ target }) => set("hidden_layers", widths().join(","), target));
on("learning_rate", "change", ({ target }) => setRate(target.value));
on("rate-slide", "input", ({ target }) => setRate(String(+(10 ** target.value).toPrecision(2))));
on("epoch", "change", ({ target }) =>
  attempt("epoch", () => {
    setLimit(address.FIELDS.epoch(target.value));
    schedule();
  }),
);
on("settings", "submit", (event) => event.preventDefault());

presets.forEach(({ name }, i) => $("preset").add(new Option(name, i)));
on("preset", "change", ({ target }) => {
  const preset = presets[target.value];
  $("preset-hint").textContent = preset?.text ?? "";
  if (!preset) return;
  setLimit(EPOCHS);
  open(preset.query);
});

setLimit(EPOCHS);
open(location.search);
addEventListener("pagehide", settle);
follow();
listen(open);
