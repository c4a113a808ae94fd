// <xor-controls>: Play and its kin, and what the run has come to.

import { write } from "../drawing/dom.js";
import { Doubt } from "../state/doubt.js";
import { Part } from "../state/part.js";
import { reportOf } from "../state/report.js";

const SILENCE = 5000; // milliseconds between two announcements while playing
const DOUBT =
  "Rounding decides how this run goes: a change in the last digit of its weights sends it another way. Another browser may see another end.";
const SPEEDS = [0, 2, 10, 60, 300, 3000];

customElements.define("xor-controls", class extends Part {
  #said = 0; // when something was last announced
  #doubt = new Doubt();

  build(session) {
    const speeds = SPEEDS.map((speed) => `<option value="${speed}">${speed ? `${speed} epochs a second` : "slow, then faster"}</option>`);
    this.render(`
      <div class="xor-buttons">
        <button id="$-play" class="xor-primary" type="button">Play</button>
        <button id="$-step" type="button">One step</button>
        <button id="$-reset" type="button">Reset</button>
      </div>
      <div class="xor-buttons xor-more">
        <button id="$-ten" type="button">Ten steps</button>
        <button id="$-end" type="button">To the limit</button>
        <button id="$-undo" type="button">Undo</button>
        <button id="$-redo" type="button">Redo</button>
        <select id="$-speed" aria-label="Speed">${speeds.join("")}</select>
      </div>
      <div class="xor-state">
        <p class="xor-verdict" id="$-verdict"></p>
        <p class="xor-note" id="$-note"></p>
        <p class="xor-note" id="$-doubt" role="status"></p>
        <dl class="xor-figures">
          <div><dt>${this.term("Epoch")}</dt><dd id="$-at">0</dd></div>
          <div><dt>${this.term("Loss")}</dt><dd id="$-now">–</dd></div>
          <div hidden><dt>${this.term("Dead units")}</dt><dd id="$-dead"></dd></div>
          <div hidden><dt>${this.term("Saturated units")}</dt><dd id="$-resting"></dd></div>
          <div hidden><dt>${this.term("Saturated rows")}</dt><dd id="$-saturated"></dd></div>
        </dl>
      </div>
      <p class="xor-live" id="$-live" role="status" aria-live="polite"></p>`);
    const actions = {
      play: () => session.toggle(),
      step: () => session.step(1),
      ten: () => session.step(10),
      end: () => session.seekLimit(),
      reset: () => session.reset(),
      undo: () => session.undo(),
      redo: () => session.redo(),
    };
    for (const name in actions) this.on(name, "click", actions[name]);
    this.$("speed").value = session.clock.speed;
    this.on("speed", "change", ({ target }) => (session.clock.speed = Number(target.value)));
  }

  say(session) {
    const { run, frame, note, heard, isPlaying } = session;
    const found = reportOf(frame);
    const units = run.settings.hidden_layers.reduce((a, b) => a + b);
    write(this.$("play"), isPlaying ? "Pause" : "Play");
    this.#enable("undo", session.canUndo);
    this.#enable("redo", session.canRedo);
    write(this.$("at"), `${run.epoch}`);
    write(this.$("now"), found.loss);
    const isWell = found.cause === "solved" || found.cause === "still learning";
    this.#count("dead", found.dead.length, units, isWell);
    this.#count("resting", found.resting.length, units, isWell);
    this.#count("saturated", found.saturated.length, 4, isWell);
    write(this.$("verdict"), found.words);
    this.$("verdict").dataset.cause = found.cause;
    write(this.$("note"), note);
    const tell = (hasParted) => write(this.$("doubt"), hasParted ? DOUBT : "");
    if (session.isMoving) {
      this.#doubt.drop();
      tell(false);
    } else this.#doubt.ask(run, tell);
    const now = performance.now();
    if (heard || session.isComputing || (isPlaying && now - this.#said < SILENCE)) {
      if (heard) write(this.$("live"), heard);
      return;
    }
    this.#said = now;
    const where = `Epoch ${run.epoch}, loss ${found.loss}.`;
    write(this.$("live"), isPlaying ? where : `${note} ${where} ${found.words}`);
  }

  /** Show how many there are, if there are any, and they matter as the run is not well. */
  #count(name, count, all, isWell) {
    const place = this.$(name);
    place.parentElement.hidden = isWell || !count;
    write(place, count ? `${count} of ${all}` : "");
  }

  /** Enable a button; one that has the focus keeps it. */
  #enable(name, isEnabled) {
    this.$(name).setAttribute("aria-disabled", String(!isEnabled));
  }
});
