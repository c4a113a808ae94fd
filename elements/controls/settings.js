// <xor-settings>: presets, and each setting of a run.

import { make, write } from "../drawing/dom.js";
import { choices, presets } from "../runs/presets.js";
import { parse } from "../runs/links.js";
import { LIMITS, SETTINGS } from "../runs/settings.js";
import { Form, problem, show } from "../state/form.js";

const FIELDS = ["seed", "activation", "loss", "initializer"];

customElements.define("xor-settings", class extends Form {
  #told = null; // the problems that the reader has been shown

  build(session) {
    const select = (name, label) => `
      <div class="xor-field">
        <label for="$-${name}">${this.term(label)}</label>
        <select id="$-${name}" aria-describedby="$-${name}-problem"></select>
        ${problem(name)}
      </div>`;
    this.render(`<form id="$-settings" class="xor-form" aria-label="Settings" autocomplete="off" novalidate>
      <div class="xor-quick">
        <label for="$-preset">${this.term("Preset")}</label>
        <select id="$-preset" aria-describedby="$-preset-hint"><option value="">Choose a run…</option></select>
        <button id="$-next" type="button">Next seed</button>
        <p class="xor-hint" id="$-preset-hint"></p>
      </div>
      <details class="xor-details" id="$-all"${this.closest("xor-playground") ? "" : " open"}>
      <summary id="$-settings-open">Settings <span class="xor-brief" id="$-brief"></span></summary>
      <div class="xor-fields">
      <div class="xor-field">
        <label for="$-seed">${this.term("Seed")}</label>
        <input id="$-seed" type="text" inputmode="numeric" aria-describedby="$-seed-problem">
        ${problem("seed")}
      </div>
      <div class="xor-field">
        <label for="$-learning_rate">${this.term("Learning rate")}</label>
        <span class="xor-row">
          <input id="$-rate-slide" type="range" min="-3" max="2" step="0.05" aria-label="Learning rate, logarithmic">
          <input id="$-learning_rate" class="xor-rate" type="text" inputmode="decimal" aria-describedby="$-learning_rate-problem">
        </span>
        ${problem("learning_rate")}
      </div>
      <fieldset class="xor-field">
        <legend>${this.term("Hidden layers")}, units in each</legend>
        <span class="xor-row xor-widths" id="$-hidden_layers"></span>
        <span class="xor-row">
          <button id="$-add" type="button">Add a layer</button>
          <button id="$-remove" type="button">Remove one</button>
        </span>
        ${problem("hidden_layers")}
      </fieldset>
      ${select("activation", "Activation")}${select("loss", "Loss function")}${select("initializer", "Initial weights")}
      <div class="xor-field">
        <label for="$-epoch">${this.term("Stop at epoch")}</label>
        <input id="$-epoch" type="text" inputmode="numeric" aria-describedby="$-epoch-problem">
        <label class="xor-check"><input id="$-stop" type="checkbox"> and when learned</label>
        ${["epoch", "limit", "changes", "weights", "views", "unit", "at"].map(problem).join("")}
      </div>
      </div>
      </details>
    </form>`);
    for (const name in choices)
      for (const value in choices[name]) this.$(name).add(new Option(choices[name][value], value));
    presets.forEach(({ name }, i) => this.$("preset").add(new Option(name, i)));
    this.#listen(session);
  }

  #listen(session) {
    for (const name of FIELDS) this.on(name, "change", ({ target }) => this.#set(name, target.value, target));
    this.on("next", "click", () => this.#set("seed", String((session.run.settings.seed + 1) % (LIMITS.seed + 1))));
    this.on("hidden_layers", "change", ({ target }) => this.#set("hidden_layers", this.#widths().join(","), target));
    this.on("add", "click", () => this.#set("hidden_layers", [...this.#widths(), 4].join(",")));
    this.on("remove", "click", () => this.#set("hidden_layers", this.#widths().slice(0, -1).join(",")));
    this.on("learning_rate", "change", ({ target }) => this.#setRate(target.value, target));
    const slide = this.$("rate-slide");
    for (const held of ["pointerdown", "keydown"]) slide.addEventListener(held, () => session.hold());
    for (const free of ["pointerup", "pointercancel", "keyup", "blur"]) slide.addEventListener(free, () => session.release());
    slide.addEventListener("input", () => this.#setRate(String(+(10 ** slide.value).toPrecision(2))));
    this.on("epoch", "change", ({ target }) =>
      this.attempt("epoch", () => session.setLimit(SETTINGS.epoch.read(target.value)), target),
    );
    this.on("stop", "change", ({ target }) => (session.clock.stopsWhenSolved = target.checked));
    this.on("settings", "submit", (event) => event.preventDefault());
    this.on("preset", "change", ({ target }) => {
      const preset = presets[target.value];
      if (preset) session.open(parse(preset.query).settings);
      target.value = preset ? target.value : "";
      this.$("preset-hint").textContent = preset?.text ?? "";
    });
  }

  #set(name, text, field = this.$(name)) {
    this.attempt(name, () => this.session.set(name, SETTINGS[name].read(text)), field);
  }

  #setRate(text, field = this.$("learning_rate")) {
    this.attempt("learning_rate", () => this.session.edit("rate", SETTINGS.learning_rate.read(text)), field);
  }

  #widths() {
    return [...this.$("hidden_layers").children].map(({ value }) => value);
  }

  /** Show another run's settings. */
  reshape({ run: { settings } }) {
    const { children } = this.$("hidden_layers"); // those that stay keep the focus
    while (children.length > settings.hidden_layers.length) children[settings.hidden_layers.length].remove();
    settings.hidden_layers.forEach((width, layer) => {
      const input =
        children[layer] ??
        make(this.$("hidden_layers"), "input", "", {
          type: "number",
          min: 1,
          max: LIMITS.width,
          "aria-label": `Units in hidden layer ${layer + 1}`,
          "aria-describedby": this.id_("hidden_layers-problem"),
        });
      input.value = input.shown = width;
    });
    for (const name of FIELDS) this.$(name).value = this.$(name).shown = SETTINGS[name].print(settings[name]);
    this.$("preset").value = this.$("preset-hint").textContent = "";
  }

  /** Open what holds a setting that an address got wrong, once. */
  update() {
    super.update();
    const { problems } = this.session;
    if (problems !== this.#told && this.querySelector(".xor-problem:not(:empty)")) this.$("all").open = true;
    this.#told = problems;
  }

  say({ run, limit, clock }) {
    write(this.$("brief"), inBrief(run));
    show(this.$("learning_rate"), String(run.rate));
    show(this.$("epoch"), String(limit));
    const slide = this.$("rate-slide");
    if (document.activeElement !== slide) slide.value = Math.log10(run.rate);
    slide.setAttribute("aria-valuetext", run.rate);
    this.$("stop").checked = clock.stopsWhenSolved;
  }
});

/** Return the settings of a run in a line. */
function inBrief({ settings, rate }) {
  const named = ["activation", "loss", "initializer"].map((name) => choices[name][settings[name]]);
  return [`seed ${settings.seed}`, `2-${settings.hidden_layers.join("-")}-1`, `rate ${rate}`, ...named].join(" · ");
}
