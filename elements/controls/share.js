// <xor-share>: the run to take away, and a run brought back: as a link, as JSON, as code.

import { LONGEST, fromObject, parse, print } from "../runs/links.js";
import { asJson, asKeras, asNumpy } from "../runs/exports.js";
import { Form, problem } from "../state/form.js";

const SEEN = 4000; // milliseconds for which "Copied." stays

const FORMATS = {
  link: ["Link", "xor.txt", (run, link) => link],
  json: ["JSON", "xor.json", asJson],
  numpy: ["NumPy code", "xor_numpy.py", asNumpy],
  keras: ["Keras code", "xor_keras.py", asKeras],
};

customElements.define("xor-share", class extends Form {
  build(session) {
    const choices = Object.keys(FORMATS).map(
      (name) => `<label class="xor-check"><input type="radio" name="$-format" value="${name}"> ${FORMATS[name][0]}</label>`,
    );
    this.render(`
      <button id="$-copy" type="button">Copy a link to this run</button>
      <button id="$-embed" type="button">Copy embed code</button>
      <button id="$-export" type="button">Export or open…</button>
      <a class="xor-whole" id="$-whole" target="_blank" rel="noopener">Open the whole playground</a>
      <p class="xor-note" id="$-shared" role="status"></p>
      <dialog id="$-dialog" class="xor-dialog" aria-labelledby="$-dialog-title">
        <h2 id="$-dialog-title">Export or open</h2>
        <fieldset class="xor-row" id="$-formats"><legend>What</legend>${choices.join("")}</fieldset>
        <label for="$-text">Text; paste a link or JSON here to open its run</label>
        <textarea id="$-text" rows="12" spellcheck="false" aria-describedby="$-text-problem"></textarea>
        ${problem("text")}
        <div class="xor-row">
          <button id="$-copy-text" type="button">Copy</button>
          <button id="$-download" type="button">Download</button>
          <button id="$-open" type="button">Open this run</button>
          <button id="$-close" type="button">Close</button>
        </div>
      </dialog>`);
    this.querySelector("[value=link]").checked = true;
    this.on("copy", "click", () => this.#copyLink((link) => link));
    this.on("embed", "click", () => this.#copyLink(asFrame));
    this.on("whole", "click", () => (this.$("whole").href = this.#link()));
    this.on("export", "click", () => {
      session.stop(); // what is shown stays what it is
      this.#show();
      this.$("dialog").showModal();
    });
    this.on("formats", "change", () => this.#show());
    this.on("copy-text", "click", () => this.#copy(this.$("text").value));
    this.on("close", "click", () => this.$("dialog").close());
    this.on("download", "click", () => this.#download());
    this.on("open", "click", () => this.#open());
  }

  #link() {
    return location.origin.replace("null", "file://") + location.pathname + print(this.session.settings);
  }

  #format() {
    return FORMATS[this.querySelector("[type=radio]:checked").value];
  }

  #show() {
    const { run, settings } = this.session;
    const isFinite = run.network.theta.every(Number.isFinite);
    const link = this.#link();
    this.$("text").value = isFinite ? this.#format()[2](run, link, settings) : link;
    this.#complain(isFinite ? "" : "A diverged run has no numbers to export; here is its link.");
  }

  #complain(message) {
    this.attempt("text", () => {
      if (message) throw new RangeError(message);
    });
  }

  #copyLink(write) {
    const link = this.#link();
    if (link.length > LONGEST) this.#tell("This run has too many changes for a link: export it as JSON.");
    else this.#copy(write(link));
  }

  async #copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      this.#tell("Copied.");
    } catch {
      if (!this.$("dialog").open) this.$("export").click();
      this.$("text").value = text;
      this.$("text").select(); // to be copied by hand
    }
  }

  /** Say something for a while. */
  #tell(text) {
    clearTimeout(this.#timer);
    this.$("shared").textContent = text;
    if (text) this.#timer = setTimeout(() => this.#tell(""), SEEN);
  }

  #download() {
    const anchor = document.createElement("a");
    anchor.href = URL.createObjectURL(new Blob([this.$("text").value]));
    anchor.download = this.#format()[1];
    anchor.click();
    URL.revokeObjectURL(anchor.href);
  }

  #open() {
    this.attempt("text", () => {
      const settings = read(this.$("text").value);
      this.$("dialog").close();
      this.session.open(settings);
    });
  }

  /** Take back "Copied." when the run is another. */
  say({ run }) {
    const now = `${run.epoch} ${run.settings.changes.length}`;
    if (this.#then !== now) this.#tell("");
    this.#then = now;
  }

  #then = "";
  #timer = 0;
});

/** Return the HTML that shows a link's run on another page. */
function asFrame(link) {
  const address = link.includes("?") ? link.replace("?", "?embed&amp;") : `${link}?embed`;
  return `<iframe src="${address.replace(/&(?!amp;)/g, "&amp;")}" title="XOR playground" width="600" height="400" loading="lazy" allow="clipboard-write"></iframe>`;
}

/** Return the settings of a link or of JSON. */
function read(text) {
  const link = /^(?:\S*\/playground[^?#\s]*)?(?:\?([^#\s]*))?(?:#\S*)?$/.exec(text.trim());
  if (link?.[0]) {
    const { settings, problems } = parse(link[1] ?? "");
    for (const name in problems) throw new RangeError(problems[name]);
    return settings;
  }
  let settings;
  try {
    ({ ...settings } = JSON.parse(text).settings);
  } catch {
    throw new RangeError("This is neither a link to a run nor JSON that holds one.");
  }
  return fromObject(settings);
}
