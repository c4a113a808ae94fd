// <xor-challenge>: how few hidden units will do? It keeps the best setting that an <xor-strip> of the same
// run has counted, with a link to share.

import { write } from "../drawing/dom.js";
import { nameOf } from "../model/truth_tables.js";
import { print } from "../runs/links.js";
import { Part } from "../state/part.js";

customElements.define("xor-challenge", class extends Part {
  #best = null;

  build(session) {
    this.render(`
      ${this.title("How few units solve it?", "challenge")}
      <p>Take hidden units away, try other rates and functions, and train twenty seeds again. A setting counts when more than half of them learn.</p>
      <p class="xor-row"><output id="$-best"></output> <button id="$-score" type="button" hidden>Copy your score</button></p>
      <p class="xor-note" id="$-copied" role="status"></p>`);
    document.addEventListener("xor-counted", ({ target, detail }) => {
      if (target.session === session) this.#count(detail);
    });
    this.on("score", "click", () => this.#copy());
  }

  #count({ settings, learned, seeds }) {
    const score = { settings, learned, seeds, units: settings.hidden_layers.reduce((a, b) => a + b) };
    const counts = learned > seeds / 2;
    if (counts && isBetter(score, this.#best)) this.#best = score;
    this.$("score").hidden = !this.#best;
    write(this.$("copied"), "");
    const best = this.#best ? `Your best: ${inWords(this.#best)}.` : "";
    write(this.$("best"), `This setting: ${inWords(score)}${counts ? "" : ", too few to count"}. ${best}`);
  }

  async #copy() {
    const { settings } = this.#best;
    const query = print({ ...settings, epoch: 0, unit: null, pinned: null, views: [] });
    const link = location.origin.replace("null", "file://") + location.pathname + query;
    const text = `${nameOf(settings.targets)?.toUpperCase() ?? "My table"}: ${inWords(this.#best)}. Can you do it with fewer? ${link}`;
    try {
      await navigator.clipboard.writeText(text);
      write(this.$("copied"), "Copied.");
    } catch {
      write(this.$("copied"), text); // to be copied by hand
    }
  }
});

const inWords = ({ units, learned, seeds }) => `${units} hidden ${units === 1 ? "unit" : "units"}, ${learned} of ${seeds} seeds learn`;

/** Whether a score beats the best one of the same truth table. */
const isBetter = (score, best) =>
  String(best?.settings.targets) !== String(score.settings.targets) ||
  score.units < best.units ||
  (score.units === best.units && score.learned > best.learned);
