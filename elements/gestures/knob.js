// A knob: a place in a drawing that the reader moves, with a pointer or with the arrow keys.

import { make } from "../drawing/dom.js";

const PUSHES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] };

/** Put a knob over a canvas, whose value lies between limits. What the reader does is told: move, with
 * the pointer's place on the canvas, or push, with the arrow keys' steps to the right and up; in the end,
 * leave.
 *
 * A finger moves a knob that is chosen. Its first touch chooses the knob, and may go on to scroll the page.
 */
export function knob(canvas, name, [low, high], { move, push, leave = () => {} }) {
  const element = make(canvas.parentElement, "span", "", {
    class: "xor-knob", role: "slider", tabindex: "0", "aria-label": name, "aria-valuemin": low, "aria-valuemax": high,
  });
  element.addEventListener("pointerdown", (event) => {
    const isChosen = document.activeElement === element;
    element.focus({ preventScroll: true });
    if (event.pointerType === "touch" && !isChosen) return;
    event.preventDefault(); // no text is marked
    element.setPointerCapture(event.pointerId);
  });
  element.addEventListener("pointermove", (event) => {
    if (!element.hasPointerCapture(event.pointerId)) return;
    const box = canvas.getBoundingClientRect();
    move(event.clientX - box.left, event.clientY - box.top);
  });
  element.addEventListener("keydown", (event) => {
    const way = PUSHES[event.key];
    if (!way || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault(); // the page does not scroll
    push(...way);
  });
  for (const ending of ["lostpointercapture", "keyup", "blur"]) element.addEventListener(ending, leave);
  return element;
}

/** Round a value to steps, and keep it between limits. */
export const snap = (value, step, [low, high]) =>
  Math.max(low, Math.min(high, Number((Math.round(value / step) * step).toFixed(4))));

/** Put a knob at a place on its canvas, and say its value, as a number and in words. */
export function put(element, [x, y], value, words) {
  element.style.translate = `${x}px ${y}px`;
  element.setAttribute("aria-valuenow", value);
  element.setAttribute("aria-valuetext", words);
}
