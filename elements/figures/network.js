// <xor-network>: the network as a graph, a map in each unit, and its numbers on its lines.

import { write } from "../drawing/dom.js";
import { buildDiagram, describe, describeDiagram, drawUnits, updateDiagram } from "../drawing/diagram.js";
import { Part } from "../state/part.js";
import { planeOf } from "../state/plane.js";

customElements.define("xor-network", class extends Part {
  #diagram;

  build(session) {
    this.render(`
      ${this.title("Network", "network")}
      <label class="xor-check xor-corner"><input id="$-gradient" type="checkbox"> Gradient instead of weights</label>
      <div id="$-diagram" class="xor-diagram"></div>
      <p class="xor-note" id="$-chosen"></p>
      <p class="xor-hint">In each unit: its output over the square. Vermillion and solid is positive, blue and dashed negative. Choose a unit to follow it.</p>`);
    this.on("gradient", "change", ({ target }) => session.setView("gradient", target.checked));
  }

  reshape(session) {
    const box = this.$("diagram");
    const place = [...box.children].indexOf(document.activeElement);
    this.#diagram = buildDiagram(box, session.run.network, (...unit) => session.select(...unit));
    box.children[place]?.focus({ preventScroll: true });
  }

  resized() {
    this.reshape(this.session);
    super.resized();
  }

  draw({ frame }) {
    drawUnits(this.#diagram, planeOf(frame));
  }

  say({ run, views, unit, isPlaying }) {
    const isGradient = views.has("gradient");
    this.$("gradient").checked = isGradient;
    updateDiagram(this.#diagram, run.gradient, isGradient, unit);
    write(this.$("chosen"), unit ? describe(run.network, run.pass, ...unit) : "");
    if (!isPlaying) describeDiagram(this.#diagram, run.pass);
  }
});
