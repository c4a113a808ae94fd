// <xor-space>: the square, folded by two hidden units.

import { palette } from "../drawing/canvas.js";
import { write } from "../drawing/dom.js";
import { drawSpace } from "../drawing/hidden_space.js";
import { Part, canvas } from "../state/part.js";

const DURATION = 5000; // milliseconds of the whole fold
const still = matchMedia("(prefers-reduced-motion: reduce)");

customElements.define("xor-space", class extends Part {
  #words = "";
  #timer = null; // of the fold, while it plays

  build() {
    const isAlone = this.matches(":only-child");
    this.render(`
      ${this.title("Hidden space", "fold")}
      <div id="$-folded" hidden>
        ${canvas("space", "Hidden space")}
        <div class="xor-buttons">
          <button id="$-fold-play" ${isAlone ? 'class="xor-primary" ' : ""}type="button">Play</button>
          <label class="xor-readout">Fold <input id="$-share" type="range" min="0" max="1" step="0.01" value="${isAlone ? 0 : 1}"></label>
        </div>
        <p class="xor-hint">The square, folded by two hidden units: from the inputs to the units’ sums, and on to their outputs.</p>
      </div>
      <p class="xor-hint" id="$-unfolded">Give the last hidden layer two units, and see here how they fold the square.</p>`);
    this.on("share", "input", () => this.#stop());
    this.on("fold-play", "click", () => (this.#timer ? this.#stop() : this.#play()));
  }

  disconnectedCallback() {
    cancelAnimationFrame(this.#timer);
    super.disconnectedCallback();
  }

  /** Fold from where the slider stands, or from the start if it stands at the end. */
  #play() {
    const share = this.$("share");
    const from = still.matches ? 1 : +share.value % 1;
    const begun = performance.now() - from * DURATION;
    const turn = (now) => {
      share.value = Math.min(1, Math.max(from, (now - begun) / DURATION));
      this.session.schedule();
      if (+share.value === 1) return this.#stop();
      this.#timer = requestAnimationFrame(turn);
    };
    write(this.$("fold-play"), "Pause");
    turn(begun + from * DURATION);
  }

  #stop() {
    cancelAnimationFrame(this.#timer);
    this.#timer = null;
    write(this.$("fold-play"), "Play");
    this.session.schedule();
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
