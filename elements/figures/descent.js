// <xor-descent>: a ball on the loss of a single weight, and the steps of a learning rate that the reader
// chooses: too small, right, or too large.

import { palette, prepare } from "../drawing/canvas.js";
import { write } from "../drawing/dom.js";
import { knob, put, snap } from "../gestures/knob.js";
import { guessed } from "../model/linear.js";
import { Part, canvas } from "../state/part.js";

const START = 1.75;
const LIMITS = [-1, 2]; // of the weights in the drawing, which grows if the ball leaps beyond them
const MARGIN = 0.25; // then
const STEP = 0.05;
const FLAT = 0.001; // a slope that is none any more
const LONGEST = 50; // steps of a roll
const PAUSE = 250; // milliseconds from step to step of a roll
const EDGE = 16; // of the drawing on three sides
const FOOT = 36; // and below

const still = matchMedia("(prefers-reduced-motion: reduce)");
const print = (value) => String(Number(value.toFixed(4))).replace("-", "−");

customElements.define("xor-descent", class extends Part {
  #path = [START]; // the weight before each step, and now
  #timer = null; // of the next step of a roll

  build(session) {
    this.render(`
      ${this.title("Down one curve", "descent")}
      <div class="xor-board">${canvas("descent", "The loss of a single weight", "curve")}</div>
      <label class="xor-readout">Learning rate η <input id="$-eta" type="range" min="0.01" max="1.5" step="0.01"> <output id="$-eta-out" for="$-eta"></output></label>
      <p class="xor-buttons">
        <button id="$-once" class="xor-primary" type="button">One step</button>
        <button id="$-roll" type="button">Roll</button>
        <button id="$-again" type="button">Start again</button>
      </p>
      <p class="xor-formula" id="$-sum"></p>
      <p class="xor-verdict" id="$-words" role="status"></p>
      <p class="xor-hint">Drag the ball, or use the arrow keys. The line is the slope there.</p>`);
    this.on("eta", "input", ({ target }) => {
      session.hold();
      session.edit("rate", Number(target.value));
      this.#restart(this.#path[0]);
    });
    this.on("eta", "change", () => session.release());
    this.on("once", "click", () => this.#roll(1));
    this.on("roll", "click", () => (this.#timer ? this.#roll(0) : this.#roll(LONGEST)));
    this.on("again", "click", () => this.#restart(this.#path[0]));
    this.ball = knob(this.$("descent"), "The weight", LIMITS, {
      move: (x) => {
        const [low, high] = this.#range;
        this.#restart(low + ((x - EDGE) / this.#width) * (high - low));
      },
      push: (right, up) => this.#restart(this.#weight + (right || up) * STEP),
    });
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    super.disconnectedCallback();
  }

  get #weight() {
    return this.#path.at(-1);
  }

  /** The width of the drawing without its edges. */
  get #width() {
    return this.$("descent").clientWidth - 2 * EDGE;
  }

  /** The weights from the left edge of the drawing to the right one. */
  get #range() {
    if (!this.#isAway) return LIMITS;
    return [Math.min(LIMITS[0], this.#weight - MARGIN), Math.max(LIMITS[1], this.#weight + MARGIN)];
  }

  get #isAway() {
    return this.#weight < LIMITS[0] || this.#weight > LIMITS[1];
  }

  #at(weight) {
    return guessed(weight, this.session.run.y);
  }

  #restart(weight) {
    this.#path = [snap(weight, STEP, LIMITS)];
    this.#roll(0);
  }

  /** Take so many steps, one after the other, or all at once for readers who want no motion. */
  #roll(steps) {
    clearTimeout(this.#timer);
    this.#timer = null;
    for (let left = steps; left > 0 && !this.#isAway; left--) {
      const { slope } = this.#at(this.#weight);
      if (Math.abs(slope) < FLAT) break;
      this.#path.push(this.#weight - this.session.run.rate * slope);
      if (still.matches || left === 1) continue;
      this.#timer = setTimeout(() => this.#roll(left - 1), PAUSE);
      break;
    }
    this.draw(this.session);
    this.say(this.session);
  }

  draw() {
    const { context, width, height } = prepare(this.$("descent"));
    const colours = palette();
    const [low, high] = this.#range;
    const most = Math.max(this.#at(low).loss, this.#at(high).loss);
    const x = (weight) => EDGE + ((weight - low) / (high - low)) * this.#width;
    const y = (loss) => EDGE + (1 - loss / most) * (height - EDGE - FOOT);
    const on = (weight) => [x(weight), y(this.#at(weight).loss)];
    const line = (points, colour, thickness, dash = []) => {
      context.strokeStyle = colour;
      context.lineWidth = thickness;
      context.setLineDash(dash);
      context.beginPath();
      for (const point of points) context.lineTo(...point);
      context.stroke();
    };
    context.font = colours.font;
    context.fillStyle = colours.muted;
    context.textBaseline = "middle";
    context.textAlign = "center";
    for (let weight = Math.ceil(2 * low) / 2; weight <= high; weight += 0.5) context.fillText(print(weight), x(weight), height - FOOT + 12);
    context.fillText("weight w", x((low + high) / 2), height - 6);
    context.fillText("loss J", x(low) + 32, EDGE);
    line([[0, y(0)], [width, y(0)]], colours.rule, 1);
    line(Array.from({ length: 101 }, (_, i) => on(low + ((high - low) * i) / 100)), colours.first, 2.5);
    line(this.#path.map(on), colours.ink, 1, [4, 3]);
    const { loss, slope } = this.#at(this.#weight);
    line([-0.35, 0.35].map((off) => [x(this.#weight + off), y(loss + slope * off)]), colours.second, 2.5);
    context.fillStyle = colours.ink;
    for (const weight of this.#path) context.fillRect(x(weight) - 2.5, on(weight)[1] - 2.5, 5, 5);
    const within = Math.max(LIMITS[0], Math.min(LIMITS[1], this.#weight)); // what the knob can be set to
    put(this.ball, on(this.#weight), within, `${print(this.#weight)}; loss ${print(loss)}`);
  }

  say({ run: { rate } }) {
    const { loss, slope } = this.#at(this.#weight);
    const [weight, down] = [this.#weight, slope].map(print);
    this.$("eta").value = rate;
    write(this.$("eta-out"), rate);
    write(this.$("roll"), this.#timer ? "Stop" : "Roll");
    write(this.$("sum"), `w = ${weight}, J = ${print(loss)}. Next: ${weight} − ${rate} · (${down}) = ${print(this.#weight - rate * slope)}`);
    if (!this.#timer) write(this.$("words"), this.#words(loss, slope));
    this.$("descent").setAttribute("aria-label", `The loss of a single weight. The ball lies at ${weight}, loss ${print(loss)}.`);
  }

  /** Say what the steps have come to. */
  #words(loss, slope) {
    const steps = this.#path.length - 1;
    if (!steps) return "Choose a rate, and take a step.";
    const gain = this.#at(this.#path.at(-2)).loss - loss;
    const words = () => {
      if (this.#isAway) return "so far out that the drawing has to grow. The learning rate is too large.";
      if (Math.abs(slope) < FLAT) return "at the bottom.";
      if (gain < 1e-12) return "no lower on the other side. The step is too long.";
      return steps < LONGEST ? "the loss falls." : "the loss falls, and the bottom is still far.";
    };
    return `Step ${steps}: ${words()}`;
  }
});
