// <xor-loss>: the loss over the epochs, to read at any of them.

import { palette } from "../drawing/canvas.js";
import { write } from "../drawing/dom.js";
import { describeCurve, drawCurve } from "../drawing/loss_curve.js";
import { figure } from "../drawing/numbers.js";
import { LOSSES } from "../model/network.js";
import { Part, canvas } from "../state/part.js";

customElements.define("xor-loss", class extends Part {
  #epochAt = () => 0;

  build(session) {
    this.render(`
      ${this.title("Loss", "curve")}
      <label class="xor-check xor-corner"><input id="$-log" type="checkbox"> Logarithmic</label>
      ${canvas("plot", "Loss over the epochs")}
      <label class="xor-readout">Read at epoch <input id="$-read" type="range" min="0" max="0" value="0"> <output id="$-read-out" for="$-read"></output></label>`);
    this.on("log", "change", ({ target }) => session.setView("log", target.checked));
    this.on("plot", "pointermove", (event) => session.read(this.#epochAt(event.offsetX)));
    this.on("plot", "pointerleave", () => session.read(null));
    this.on("read", "input", ({ target }) => session.read(Number(target.value)));
  }

  draw({ run, frame, pinned, limit, reading, views }) {
    const epochs = Math.max(run.epoch + run.ahead.length, pinned?.epoch ?? 0, limit);
    const plateaus = LOSSES[run.settings.loss].plateaus(run.y);
    const options = { log: views.has("log"), epochs, reading, plateaus };
    this.#epochAt = drawCurve(this.$("plot"), frame.losses, pinned?.losses ?? [], options, palette());
  }

  say({ run, frame, reading, views, isPlaying }) {
    const { losses } = frame;
    const at = Math.min(reading ?? run.epoch, run.epoch);
    this.$("log").checked = views.has("log");
    this.$("read").max = run.epoch;
    this.$("read").value = at;
    write(this.$("read-out"), `${at}: loss ${figure(losses[at])}`);
    this.$("read").setAttribute("aria-valuetext", `epoch ${at}, loss ${figure(losses[at])}`);
    if (!isPlaying) this.$("plot").setAttribute("aria-label", describeCurve(losses));
  }
});
