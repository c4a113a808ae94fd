// <xor-answer>: a question to the reader, whose answer is checked: a number or one of several choices. A
// wrong one that is likely has a hint of its own.
//
// Inside it stand the question, what to choose from, and the answer folded away, as
// xordocs/playground/questions.py writes them; question and answer stay.

import { write } from "../drawing/dom.js";
import { finite } from "../runs/settings.js";
import { Form, problem } from "../state/form.js";

customElements.define("xor-answer", class extends Form {
  build() {
    const [question, solution] = [this.firstElementChild, this.lastElementChild];
    const choices = JSON.parse(this.getAttribute("choices") ?? "[]");
    const entry = choices.length
      ? `<div class="xor-row" role="radiogroup" aria-labelledby="$-question">${choices.map((_, i) => `<label class="xor-choice"><input type="radio" name="$-choice" value="${i}"> <span></span></label>`).join("")}</div>`
      : '<input id="$-number" type="text" inputmode="decimal" autocomplete="off" aria-labelledby="$-question" aria-describedby="$-number-problem">';
    this.render(`
      <form id="$-form" class="xor-row">
        ${entry}
        <button>Check</button>
      </form>
      ${problem("number")}
      <p class="xor-verdict" id="$-words" role="status" hidden></p>`);
    this.querySelectorAll(".xor-choice span").forEach((place, i) => (place.textContent = choices[i]));
    question.id = this.id_("question");
    this.prepend(question);
    this.append(solution);
    this.on("form", "submit", (event) => {
      event.preventDefault();
      this.$("words").hidden = true;
      this.attempt("number", () => this.#check(choices.length ? this.#chosen(choices) : this.#number()), this.$("number"));
    });
  }

  #chosen(choices) {
    const choice = this.querySelector("input:checked");
    if (!choice) throw new RangeError("Choose one of the answers first.");
    return choices[choice.value];
  }

  /** Read a number, or a fraction of two. */
  #number() {
    const parts = this.$("number").value.split("/");
    if (parts.length > 2) throw new RangeError("A fraction has one bar: 1/4");
    const [over, under = 1] = parts.map((part) => finite(part.trim(), "The answer"));
    if (Number.isFinite(over / under)) return over / under;
    throw new RangeError("A fraction must not have 0 below its bar");
  }

  #check(given) {
    const tolerance = Number(this.getAttribute("tolerance"));
    const isSame = (text) => (typeof given === "string" ? given === text : Math.abs(given - Number(text)) <= tolerance + 1e-12);
    const isRight = isSame(this.getAttribute("answer"));
    const hints = Object.entries(JSON.parse(this.getAttribute("hints") ?? "{}"));
    const hint = hints.find(([mistake]) => isSame(mistake))?.[1];
    const words = this.$("words");
    words.hidden = false;
    words.dataset.cause = isRight ? "solved" : "merged";
    write(words, isRight ? "Right." : `Not yet. ${hint ?? "Try again, or look at the answer below."}`);
    if (isRight) this.querySelector("details").open = true;
  }
});
