// <xor-player>: a run on a line of the page: its map beside its loss, one button that plays it from the
// start, the epoch to pull along, and what has become of it.

import { palette } from "../drawing/canvas.js";
import { describeMap, drawMap } from "../drawing/decision_map.js";
import { write } from "../drawing/dom.js";
import { drawCurve } from "../drawing/loss_curve.js";
import { plateaus } from "../model/loss_ladder.js";
import { Part, canvas } from "../state/part.js";
import { planeOf } from "../state/plane.js";
import { reportOf } from "../state/report.js";

customElements.define("xor-player", class extends Part {
  #epochs; // as many as the curve and the slider show

  build(session) {
    this.render(`
      ${this.title("", "player")}
      <div class="xor-beside">${canvas("player-map", "Map", "map")}${canvas("player-loss", "Loss curve", "plot")}</div>
      <div class="xor-buttons">
        <button id="$-player-play" class="xor-primary" type="button">Play</button>
        <label class="xor-readout">Epoch <input id="$-player-at" type="range"> <output id="$-player-now"></output></label>
      </div>
      <p class="xor-verdict" id="$-player-words" role="status"></p>`);
    this.on("player-play", "click", () => this.#toggle(session));
    this.on("player-at", "input", ({ target }) => session.seek(+target.value));
  }

  #toggle(session) {
    const { run, limit } = session;
    if (!session.isPlaying && (run.diverged || run.epoch >= limit)) session.seek(0);
    session.toggle();
  }

  draw({ run, frame, limit, isMoving }) {
    const losses = [...frame.losses, ...run.ahead.slice(1)];
    const rungs = run.settings.weights ? {} : plateaus(run.settings.loss, run.y); // lesson 1 has no word for these yet
    drawMap(this.$("player-map"), run.network, planeOf(frame), run.y, null, palette(), isMoving);
    const log = losses.some((each) => each > 1e6); // such a run soon ends (as in xordocs/plots/maps.py)
    const epochs = (this.#epochs = log ? Math.min(limit, losses.filter(isFinite).length || 1) : limit);
    drawCurve(this.$("player-loss"), losses, [], { log, epochs, epoch: run.epoch, rungs }, palette());
  }

  say({ run, frame, clock, isPlaying, isMoving }) {
    const { words, cause, loss } = reportOf(frame);
    const { hidden_layers, seed, weights, learning_rate, activation } = run.settings;
    const units = activation === "relu" ? "" : `, ${activation} units`;
    const place = this.$("player-words");
    write(this.$("player-title"), weights ? "Learning" : `Seed ${seed}, 2-${hidden_layers.join("-")}-1${units}, learning rate ${learning_rate}`);
    write(this.$("player-play"), isPlaying ? "Pause" : "Play");
    this.$("player-at").max = this.#epochs;
    this.$("player-at").value = clock.goal ?? run.epoch;
    write(this.$("player-now"), `${run.epoch}: loss ${loss}`);
    place.ariaLive = isMoving ? "off" : "polite";
    place.dataset.cause = cause;
    write(place, words);
    if (isMoving) return;
    this.$("player-map").ariaLabel = describeMap(planeOf(frame), frame.outputs);
    this.$("player-loss").ariaLabel = `The loss is ${loss} at epoch ${run.epoch}.`;
  }
});
