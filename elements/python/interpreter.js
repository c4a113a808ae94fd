// Python in a worker, from the page's side. Nothing here knows which Python it is: sources go in,
// output, plots and errors come back.

import { DATA, FILES, WASM, WORKER } from "./files.js";

const LIMIT = 60; // seconds that a run may take: thirty trainings on a slow machine
const READS = RegExp(`\\b(${DATA.join("|")})\\b`, "g"); // functions that read a file, which has a script of its own

export class Interpreter {
  #worker = null;
  #ready = null;
  #tell = null; // takes the worker's messages
  isReady = false;

  /** Start Python, unless it has; resolves when it can run something. */
  start() {
    return (this.#ready ??= new Promise((done, failed) => {
      const address = URL.createObjectURL(new Blob([WORKER], { type: "text/javascript" }));
      this.#worker = new Worker(address);
      this.#worker.onmessage = ({ data }) => {
        if (!data.ready) return this.#tell(data);
        URL.revokeObjectURL(address);
        done((this.isReady = true));
      };
      this.#worker.onerror = (event) => {
        event.preventDefault();
        this.#close();
        failed(Error(`This browser could not start Python: ${event.message ?? "it refused the worker"}`));
      };
      this.#worker.postMessage({ wasm: WASM, files: FILES });
    }));
  }

  /** Run a source under a name, which its errors carry.
   *
   * Calls `told` with each { output } and { plot } on the way. Resolves to { error }, if there was one:
   * its type, message, and places [name, line] from the outermost call to the innermost; and to { isLost }
   * when Python had to be ended, and with it all that was run before.
   */
  async run(source, name, told) {
    for (const [data] of source.matchAll(READS)) if (!(await xordocs.load(data))) return offline;
    await this.start();
    return new Promise((done) => {
      const timer = setTimeout(() => this.#end(stopped(`it has not come to an end within ${LIMIT} seconds`)), LIMIT * 1000);
      this.#tell = (data) => {
        if (data.isFull) return this.#end(stopped(full));
        if (!data.done) return told(data);
        clearTimeout(timer);
        this.#tell = null;
        if (data.isLost) this.#close();
        done(data);
      };
      this.#worker.postMessage({ source, name, files: xordocs.files });
    });
  }

  /** Stop what is running; what was run before is lost. */
  stop() {
    this.#end(stopped("as you asked"));
  }

  #end(result) {
    this.#close();
    this.#tell?.({ ...result, done: true });
  }

  #close() {
    this.#worker?.terminate();
    this.#worker = null;
    this.#ready = null;
    this.isReady = false;
  }
}

const offline = { error: { type: "", message: "The data could not be fetched. Are you online?", places: [] } };
const full = "its memory is full, and is freed only when a cell has ended. Divide the work among several cells";
const stopped = (why) => ({ error: { type: "", message: `Stopped: ${why}.`, places: [] }, isLost: true });
