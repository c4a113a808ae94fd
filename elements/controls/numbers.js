// <xor-numbers>: every weight and bias with its gradient, to read and to change.

import { make, write } from "../drawing/dom.js";
import { figure } from "../drawing/numbers.js";
import { subscript } from "../model/names.js";
import { finite } from "../runs/settings.js";
import { Form, field, problem, show } from "../state/form.js";

customElements.define("xor-numbers", class extends Form {
  #cells = [];
  #widths = "";

  build() {
    this.render(`
      <details class="xor-details" id="$-numbers">
        <summary id="$-numbers-open">Every weight and bias, to read and to change</summary>
        <p class="xor-hint">Under each ${this.term("weight")} and ${this.term("bias")} is its ${this.term("gradient")}. A change counts from the epoch at which you make it, and a link carries it.</p>
        ${problem("parameters")}
        <div id="$-layers" class="xor-layers"></div>
      </details>`);
    this.on("numbers", "toggle", () => this.say(this.session));
  }

  reshape({ run: { network } }) {
    const widths = String(network.layers.map(({ units }) => units));
    if (widths === this.#widths) return; // a table that stays keeps the focus
    this.#widths = widths;
    this.$("layers").replaceChildren();
    this.#cells = [];
    network.layers.forEach((layer, depth) => this.#table(layer, depth, depth === network.layers.length - 1));
  }

  #table({ inputs, units, start }, depth, isOutput) {
    const title = isOutput ? "Output layer" : `Hidden layer ${depth + 1}`;
    const box = make(this.$("layers"), "div", "", { class: "xor-scroll", tabindex: "0", role: "region", "aria-label": title });
    const table = make(box, "table", "", { class: "xor-table" });
    make(table, "caption", title);
    const head = make(make(table, "thead"), "tr");
    make(head, "td");
    for (let unit = 0; unit < units; unit++) make(head, "th", isOutput ? "output" : `unit ${unit + 1}`, { scope: "col" });
    const body = make(table, "tbody");
    for (let i = 0; i <= inputs; i++) {
      const line = make(body, "tr");
      const name = i === inputs ? "bias" : depth ? `from ${i + 1}` : `from x${subscript(i + 1)}`;
      make(line, "th", name, { scope: "row" });
      for (let unit = 0; unit < units; unit++) {
        const place = start + i * units + unit;
        const cell = make(line, "td");
        const label = `${title}, ${isOutput ? "output" : `unit ${unit + 1}`}, ${name}`;
        const input = field(cell, label, this.$("parameters-problem"), (entry) => this.#change(place, entry));
        this.#cells[place] = { input, slope: make(cell, "small") };
      }
    }
  }

  #change(place, input) {
    this.attempt("parameters", () => this.session.edit(`p${place}`, finite(input.value)), input);
  }

  say({ run }) {
    if (!this.$("numbers").open) return;
    this.#cells.forEach(({ input, slope }, place) => {
      show(input, figure(run.network.theta[place]));
      write(slope, `∂ ${figure(run.gradient.theta[place])}`);
    });
  }
});
