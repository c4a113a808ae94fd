// <xor-table>: the truth table, its labels to change.

import { make, write } from "../drawing/dom.js";
import { label } from "../runs/settings.js";
import { CASES } from "../model/truth_tables.js";
import { Form, field, problem, show } from "../state/form.js";

customElements.define("xor-table", class extends Form {
  #cells;

  build(session) {
    this.render(`
      ${this.title("Truth table", "truth")}
      <table class="xor-table">
        <thead><tr><th scope="col">x₁ x₂</th><th scope="col">${this.term("Label")}</th><th scope="col">${this.term("Output")}</th><th scope="col">${this.term("Rounded")}</th></tr></thead>
        <tbody id="$-rows"></tbody>
      </table>
      ${problem("targets")}`);
    const change = (row, input) =>
      this.attempt("targets", () => session.edit(`y${row}`, label(input.value)), input);
    this.#cells = CASES.map((name, row) => {
      const line = make(this.$("rows"), "tr");
      make(line, "th", name, { scope: "row" });
      const place = this.$("targets-problem");
      const input = field(make(line, "td"), `Label of ${name}`, place, (entry) => change(row, entry));
      return { input, output: make(line, "td"), rounded: make(line, "td") };
    });
  }

  say({ run, frame }) {
    const { outputs } = frame;
    this.#cells.forEach(({ input, output, rounded }, row) => {
      show(input, String(run.y[row]));
      write(output, outputs[row].toFixed(8));
      const isTie = outputs[row] === 0.5;
      const isRight = outputs[row] >= 0 && outputs[row] > 0.5 === run.y[row] > 0.5; // NaN is not
      write(rounded, isTie ? "tie" : `${Number(outputs[row] > 0.5)} ${isRight ? "✓" : "✗"}`);
      rounded.className = isTie ? "" : isRight ? "xor-yes" : "xor-no";
    });
  }
});
