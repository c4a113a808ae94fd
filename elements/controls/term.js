// <xor-term>: a word that tells its meaning, in a sentence, to who points at it, taps it or focuses it.

const MEANINGS = {
  activation: "The function that bends each hidden unit's sum; without it, the network could only divide the plane by one straight line.",
  bias: "The number that a unit adds to its weighted inputs, whatever they are.",
  "dead units": "Hidden units that are off on all four rows, so that no gradient reaches them and they learn no more.",
  "decision map": "The network's output for every pair of inputs, as a colour; along the thick line it is one half.",
  epoch: "One pass over all four rows, followed by one step down the gradient.",
  gradient: "For each number of the network, how fast the loss grows with it; every step goes the other way.",
  "hidden layers": "The layers between the inputs and the output, each with its own units.",
  "hidden space": "If the last hidden layer has two units, the plane whose axes are their outputs; there, a single straight line has to separate the labels.",
  hinge: "The line along which a hidden unit's sum is zero: on one side of it a ReLU unit is on, on the other it is off.",
  "initial weights": "The way in which the numbers are drawn that training starts from.",
  label: "The right answer for a row, from 0 to 1: what the output should become.",
  "learning rate": "The factor between slope and step: the gradient is multiplied by it, and then taken away from the weights.",
  logarithmic: "On this scale every mark is ten times the one below it, so that small losses can be told apart.",
  loss: "How far the outputs are from their labels, as one number, which training makes smaller.",
  "loss function": "The formula that makes one number, the loss, of all outputs and labels.",
  network: "Units joined by weights, from the two inputs on the left to the output on the right.",
  "one epoch, in numbers": "One step of training taken apart: the way to the loss, the way back, and the change of each number.",
  output: "The network's answer to a row, a number from 0 to 1.",
  preset: "A run that shows one thing well, such as a network that learns or one that gets stuck.",
  rounded: "The output as a decision: 1 above one half, otherwise 0.",
  "saturated rows": "Rows on which the output is all but the opposite of the label, where the sigmoid is almost flat.",
  "saturated units": "Hidden units that stay near a limit of their activation on all four rows, where it is almost flat and lets hardly any gradient through.",
  seed: "The number that the random weights are made from: the same seed gives the same weights again.",
  "side by side": "One run kept next to another, to see what a change of settings does.",
  "stop at epoch": "The epoch at which playing ends; raise it to go on.",
  "the next twenty seeds": "The same settings from twenty other starts, to see how many of them learn.",
  "truth table": "The four pairs of inputs, each with the label that the network is to learn.",
  weight: "The number that a unit multiplies one of its inputs by.",
};
const CROSSING = 300; // milliseconds that a pointer has to get from a word to its meaning
const GAP = 6; // pixels between the two
const MARGIN = 8; // pixels between a meaning and the edge of the window

let box = null; // what meanings are shown in, one at a time
let shown = null; // the term whose meaning is shown
let leaving = 0; // the timer of a pointer that has left

function show(term) {
  stay();
  if (!box) {
    box = document.createElement("div");
    box.className = "xor-meaning";
    box.popover = "manual"; // above everything, whatever is clipped or scrolled
    box.setAttribute("role", "tooltip");
    box.addEventListener("pointerenter", stay);
    box.addEventListener("pointerleave", leave);
    term.closest("main, body").append(box);
  }
  shown = term;
  box.textContent = term.meaning;
  box.showPopover();
  const word = term.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const room = document.documentElement.clientWidth - MARGIN - width;
  const isAbove = word.bottom + GAP + height > innerHeight && word.top > height + GAP;
  box.style.left = `${scrollX + Math.max(MARGIN, Math.min(word.left, room))}px`;
  box.style.top = `${scrollY + (isAbove ? word.top - GAP - height : word.bottom + GAP)}px`;
}

function hide() {
  stay();
  if (shown) box.hidePopover();
  shown = null;
}

const stay = () => clearTimeout(leaving);

function leave() {
  stay();
  leaving = setTimeout(() => document.activeElement !== shown && hide(), CROSSING);
}

addEventListener("keydown", ({ key }) => key === "Escape" && hide());
addEventListener("pointerdown", ({ target }) => target !== shown && target !== box && hide());

customElements.define("xor-term", class extends HTMLElement {
  connectedCallback() {
    const word = this.getAttribute("of") ?? this.textContent.trim();
    this.meaning ??= MEANINGS[word.toLowerCase()];
    if (!this.meaning || this.hasAttribute("role")) return;
    this.tabIndex = 0;
    this.setAttribute("role", "button");
    this.setAttribute("aria-description", this.meaning);
    for (const event of ["pointerenter", "focus"]) this.addEventListener(event, () => show(this));
    this.addEventListener("pointerleave", leave);
    this.addEventListener("blur", hide);
    this.addEventListener("click", (event) => {
      event.preventDefault(); // a word in a label does not go to the label's field
      show(this);
    });
    this.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      show(this);
    });
  }
});
