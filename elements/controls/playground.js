// <xor-playground>: the parts inside it show one run, which the page's address holds.

import { write } from "../drawing/dom.js";
import { LONGEST, parse, print } from "../runs/links.js";
import { SETTINGS } from "../runs/settings.js";
import { Part } from "../state/part.js";

const PAUSE = 300; // milliseconds between two changes of the address: browsers refuse a hundred in some seconds

/** What has an undo of its own. */
const TYPED = "textarea, input:not([type=range], [type=checkbox], [type=radio])";

/** Whether the page is a frame on another one: see embed.js. */
const isEmbedded = () => document.documentElement.classList.contains("xor-embed");

customElements.define("xor-playground", class extends Part {
  #timer = null;
  #stray = ""; // what the address holds that is no setting
  #written = 0; // when the address was last written
  #opened = []; // details that are open for paper only
  #scheme = ""; // of the window's colours

  /** Whether the address is still to be written. */
  get isWriting() {
    return this.#timer !== null;
  }

  build(session) {
    this.classList.remove("xor");
    this.note = document.createElement("p");
    this.note.className = "xor-card xor-problem xor-address";
    this.note.setAttribute("role", "alert");
    this.prepend(this.note);
    session.onOpen = () => this.#enter();
    addEventListener("popstate", () => this.#open());
    addEventListener("pagehide", () => this.#write());
    addEventListener("keydown", (event) => this.#undo(event));
    addEventListener("beforeprint", () => this.#layOut(true));
    addEventListener("afterprint", () => this.#layOut(false));
    this.#open();
  }

  /** Let the parts inside join before, each in a task of its own: the page stays quick meanwhile. */
  join() {
    const part = [...this.querySelectorAll("*")].find((each) => each.join && !this.session.parts.has(each));
    if (!part) return super.join();
    part.join();
    setTimeout(() => this.join());
  }

  /** Open the run that the address holds. */
  #open() {
    const { settings, problems } = parse(location.search, location.hash);
    const stray = Object.keys(problems).filter((name) => name !== "pinned" && !Object.hasOwn(SETTINGS, name));
    this.#stray = stray.map((name) => problems[name]).join(". ");
    write(this.note, this.#stray);
    this.session.start(settings, problems);
  }

  /** Keep what was there before for the way back. */
  #enter() {
    this.#write();
    try {
      history.pushState(null, "", location.href);
    } catch {
      // a browser that refuses more entries keeps the ones that it has
    }
  }

  draw(session) {
    this.setAttribute("aria-busy", String(session.isComputing));
  }

  say(session) {
    if (session.isPlaying || session.isHeld || this.#timer) return;
    const wait = this.#written + PAUSE - performance.now();
    if (wait <= 0) return this.#write();
    this.#timer = setTimeout(() => this.#write(), wait);
  }

  #write() {
    clearTimeout(this.#timer);
    this.#timer = null;
    const settings = print(this.session.settings);
    const query = isEmbedded() ? `?embed${settings.replace("?", "&")}` : settings;
    const isTooLong = location.origin.length + location.pathname.length + query.length > LONGEST;
    write(this.note, isTooLong ? "This run has too many changes for a link. Export it as JSON to keep it." : this.#stray);
    if (isTooLong || query === location.search) return;
    this.#written = performance.now();
    try {
      history.replaceState(null, "", location.pathname + query);
    } catch {
      this.#timer ??= setTimeout(() => this.#write(), 10_000); // when the browser takes changes again
    }
  }

  /** Lay the parts out for paper, in light colours and with all numbers; or for the window again. */
  #layOut(isPaper) {
    const { dataset } = document.body;
    if (isPaper) this.#scheme = dataset.mdColorScheme;
    dataset.mdColorScheme = isPaper ? "default" : this.#scheme;
    this.classList.toggle("xor-paper", isPaper);
    if (isPaper) this.#opened = [...this.querySelectorAll("xor-numbers details:not([open])")];
    for (const details of this.#opened) details.open = isPaper;
    for (const part of this.session.parts) part.resized();
  }

  #undo(event) {
    if (!(event.ctrlKey || event.metaKey) || event.target.closest?.(TYPED)) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    key === "y" || event.shiftKey ? this.session.redo() : this.session.undo();
  }
});
