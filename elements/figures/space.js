// <xor-space>: the square, folded by two hidden units.

import { palette } from "../drawing/canvas.js";
import { drawSpace } from "../drawing/hidden_space.js";
import { Part, canvas } from "../state/part.js";

customElements.define("xor-space", class extends Part {
  #words = "";

  build() {
    this.render(`
      ${this.title("Hidden space", "fold")}
      <div id="$-folded" hidden>
        ${canvas("space", "Hidden space")}
        <label class="xor-readout">Fold <input id="$-share" type="range" min="0" max="1" step="0.01" value="${this.matches(":only-child") ? 0 : 1}"></label>
        <p class="xor-hint">The square, folded by two hidden units: each axis is one unit’s output.</p>
      </div>
      <p class="xor-hint" id="$-unfolded">Give the last hidden layer two units, and see here how they fold the square.</p>`);
    this.on("share", "input", () => this.session.schedule());
  }

  reshape({ run }) {
    const folds = run.settings.hidden_layers.at(-1) === 2;
    this.classList.toggle("xor-unfolded", !folds);
    this.$("folded").hidden = !folds;
    this.$("unfolded").hidden = folds;
  }

  draw({ run }) {
    if (this.$("folded").hidden) return;
    this.#words = drawSpace(this.$("space"), run.network, run.pass, run.y, run.settings.activation, palette(), +this.$("share").value);
  }

  say({ isPlaying }) {
    if (!isPlaying && this.#words) this.$("space").setAttribute("aria-label", this.#words);
  }
});
