// <xor-loss>: the loss over the epochs, to read at any of them, and to go back along.

import { palette } from "../drawing/canvas.js";
import { write } from "../drawing/dom.js";
import { drag } from "../gestures/drag.js";
import { describeCurve, drawCurve } from "../drawing/loss_curve.js";
import { figure } from "../drawing/numbers.js";
import { plateaus } from "../model/loss_ladder.js";
import { Part, canvas } from "../state/part.js";

/** Return the losses up to this epoch, and of those ahead where the reader has come back from. */
const known = ({ losses, run }) => losses.concat(run.ahead.slice(1));

/** Return the last epoch to which a run has been. */
const last = ({ epoch, ahead }) => epoch + ahead.length;

customElements.define("xor-loss", class extends Part {
  #epochAt = () => 0;

  build(session) {
    this.render(`
      ${this.title("Loss", "curve")}
      <label class="xor-check xor-corner"><input id="$-log" type="checkbox"> Logarithmic</label>
      ${canvas("plot", "Loss over the epochs")}
      <label class="xor-readout">Go to epoch <input id="$-read" type="range" min="0"> <output id="$-read-out" for="$-read"></output></label>
      <p class="xor-hint" id="$-rungs"></p>`);
    this.on("log", "change", ({ target }) => session.setView("log", target.checked));
    this.on("plot", "pointermove", (event) => session.read(this.#epochAt(event.offsetX)));
    this.on("plot", "pointerleave", () => session.read(null));
    this.on("read", "input", ({ target }) => session.seek(Number(target.value)));
    const pull = ({ offsetX }) => session.seek(Math.max(0, Math.min(last(session.run), this.#epochAt(offsetX))));
    this.on("plot", "click", pull);
    drag(this.$("plot"), () => pull);
  }

  draw({ run, frame, pinned, limit, reading, views }) {
    const epochs = Math.max(last(run), pinned?.epoch ?? 0, limit);
    const rungs = plateaus(run.settings.loss, run.y);
    const options = { log: views.has("log"), epochs, epoch: run.epoch, reading, rungs };
    this.#epochAt = drawCurve(this.$("plot"), known(frame), pinned?.losses ?? [], options, palette());
  }

  say({ run, frame, reading, views, clock, isPlaying }) {
    const losses = known(frame);
    const at = Math.min(reading ?? run.epoch, losses.length - 1);
    const text = `${at}: loss ${figure(losses[at])}`;
    this.$("log").checked = views.has("log");
    this.$("read").max = Math.max(last(run), clock.goal);
    this.$("read").value = clock.goal ?? run.epoch;
    write(this.$("read-out"), text);
    this.$("read").setAttribute("aria-valuetext", `epoch ${text}`);
    const rungs = Object.keys(plateaus(run.settings.loss, run.y));
    write(this.$("rungs"), rungs.length ? "Dotted: losses at which a network can get stuck, as rows share one output." : "");
    if (!isPlaying) this.$("plot").setAttribute("aria-label", describeCurve(frame.losses));
  }
});
