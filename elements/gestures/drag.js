// What a hand does to a figure, with a pointer or the arrow keys.

const SLOP = 5; // pixels by which a hand trembles

/** The direction of each arrow key, to the right and up. */
export const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] };

/** Let the reader drag what grasp finds where a pointer came down.
 *
 * grasp returns a function that is told of each movement; or nothing. A finger that moves up or down
 * scrolls the page, unless what it touches has touch-action: none. No click follows a drag.
 */
export function drag(element, grasp) {
  let start = null;
  let pull = null;
  element.addEventListener("pointerdown", (event) => {
    start = event.isPrimary && !event.button ? event : null;
    pull = null;
  });
  element.addEventListener("pointermove", (event) => {
    if (!start || !event.isPrimary || !event.buttons) return;
    const across = Math.abs(event.clientX - start.clientX);
    const up = Math.abs(event.clientY - start.clientY);
    if (!pull && across + up > SLOP) {
      const scrolls = event.pointerType === "touch" && up > across;
      if (!scrolls || getComputedStyle(start.target).touchAction === "none") pull = grasp(start);
      pull ? start.target.setPointerCapture(event.pointerId) : (start = null);
    }
    pull?.(event);
  });
  element.addEventListener("click", (event) => pull && event.detail && event.stopImmediatePropagation(), true); // a key's click has no detail
}
