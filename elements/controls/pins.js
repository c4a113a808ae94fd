// <xor-pins>: a run that stays, beside the one at hand.

import { palette } from "../drawing/canvas.js";
import { describeMap, drawMap } from "../drawing/decision_map.js";
import { write } from "../drawing/dom.js";
import { FINE, survey } from "../drawing/raster.js";
import { Form, problem } from "../state/form.js";
import { canvas } from "../state/part.js";
import { planeOf } from "../state/plane.js";
import { report, reportOf } from "../state/report.js";

customElements.define("xor-pins", class extends Form {
  #drawn = []; // the pinned run, its epoch and the colours of its picture

  build(session) {
    this.render(`
      ${this.title("Side by side", "pins")}
      <span class="xor-corner xor-row">
        <button id="$-pin" type="button">Pin this run</button>
        <button id="$-unpin" type="button" hidden>Unpin</button>
      </span>
      <p class="xor-hint">A pinned run stays here, beside whatever you try next, and dashed on the loss curve.</p>
      ${problem("pinned")}
      <div class="xor-pair" id="$-pair" hidden>
        <figure>${canvas("pinned-map", "Decision map of the pinned run", "square")}<figcaption id="$-pinned-caption"></figcaption></figure>
        <figure>${canvas("current-map", "Decision map of this run", "square")}<figcaption id="$-current-caption"></figcaption></figure>
      </div>`);
    this.on("pin", "click", () => {
      session.pin(session.copy());
      session.announce("Pinned this run.");
    });
    this.on("unpin", "click", () => {
      session.pin(null);
      session.announce("Unpinned.");
      this.$("pin").focus();
    });
  }

  resized() {
    this.#drawn = [];
    super.resized();
  }

  draw({ run, frame, pinned, unit }) {
    this.$("pair").hidden = this.$("unpin").hidden = !pinned;
    if (!pinned) return;
    const colours = palette();
    drawMap(this.$("current-map"), run.network, planeOf(frame), run.y, unit, colours);
    const drawn = [pinned, pinned.epoch, colours];
    if (drawn.every((each, i) => each === this.#drawn[i])) return;
    this.#drawn = drawn;
    const { network, settings, y } = pinned;
    const { outputs, summary } = report(pinned);
    const pass = survey(network, settings.activation, colours, FINE);
    drawMap(this.$("pinned-map"), network, pass, y, null, colours);
    this.$("pinned-map").setAttribute("aria-label", `Pinned run. ${describeMap(pass, outputs)}`);
    write(this.$("pinned-caption"), `Pinned run\n${summary}`);
  }

  say({ frame, pinned, isPlaying }) {
    if (!pinned) return;
    write(this.$("current-caption"), `This run\n${reportOf(frame).summary}`);
    const words = () => `This run. ${describeMap(planeOf(frame), frame.outputs)}`;
    if (!isPlaying) this.$("current-map").setAttribute("aria-label", words());
  }
});
