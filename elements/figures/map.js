// <xor-map>: the output over the plane, the boundary, each unit's hinge, and the four labelled points.

import { palette } from "../drawing/canvas.js";
import { describeMap, drawMap } from "../drawing/decision_map.js";
import { Part, canvas } from "../state/part.js";
import { planeOf } from "../state/plane.js";

customElements.define("xor-map", class extends Part {
  build() {
    this.render(`
      ${this.title("Decision map", "map")}
      ${canvas("map", "Decision map")}
      <p class="xor-hint">Thick: output one half. Thin: each hidden unit's hinge, where its sum is zero.</p>`);
  }

  draw({ run, frame, unit }) {
    drawMap(this.$("map"), run.network, planeOf(frame), run.y, unit, palette());
  }

  say({ frame, isPlaying }) {
    if (!isPlaying) this.$("map").setAttribute("aria-label", describeMap(planeOf(frame), frame.outputs));
  }
});
