// Inside the worker, in one function with MicroPython's own text, which stands before it.

const MOST = 10_000; // bytes of output that a run may show
const PAUSE = 50; // milliseconds between two messages of output
const MEMORY = 512 * 2 ** 20; // bytes: a phone gives no more

let bytes = [];
let count = 0;
let told = 0;
let decoder = new TextDecoder();
let cells = null; // the module that runs them
let disk = null; // the files that Python sees

const { grow } = WebAssembly.Memory.prototype;
WebAssembly.Memory.prototype.grow = function (pages) {
  if (this.buffer.byteLength + pages * 65_536 <= MEMORY) return grow.call(this, pages);
  if (this.buffer.byteLength > MEMORY / 2) {
    tell(); // what was printed, before the page ends this worker, which would go on searching its full memory
    postMessage({ isFull: true });
  }
  throw RangeError("the page's limit of memory");
};

/** Write a float as Python does. */
function digits(value) {
  if (!Number.isFinite(value)) return `${value}`.replace("Infinity", "inf").toLowerCase();
  const [figures, power] = value.toExponential().split("e");
  const exponent = Number(power);
  const size = Math.abs(exponent).toString().padStart(2, "0");
  if (value && (exponent < -4 || exponent > 15)) return `${figures}e${power[0]}${size}`;
  const text = Object.is(value, -0) ? "-0" : `${value}`;
  return text.includes(".") ? text : `${text}.0`;
}

/** Tell what was printed since the last time. */
function tell() {
  if (!bytes.length) return;
  const output = decoder.decode(new Uint8Array(bytes), { stream: true });
  postMessage({ output });
  bytes = [];
  told = performance.now();
}

function write([byte]) {
  count += 1;
  if (count <= MOST) bytes.push(byte);
  if (count === MOST + 1) {
    tell();
    postMessage({ isCut: true });
  }
  if (byte === 10 && performance.now() - told > PAUSE) tell();
}

function draw(plot) {
  tell(); // what was printed before stands above
  postMessage({ plot: JSON.parse(plot) });
}

/** Start MicroPython with files of Python below /lib. */
async function start({ wasm, files }) {
  const packed = Uint8Array.from(atob(wasm), (letter) => letter.charCodeAt(0));
  const stream = new ReadableStream({
    start(controller) {
      controller.enqueue(packed); // WebKit reads no blobs in a worker of a page from a disk
      controller.close();
    },
  });
  const unpacked = stream.pipeThrough(new DecompressionStream("gzip"));
  const assembly = await new Response(unpacked).arrayBuffer();
  self.fetch = () => null; // MicroPython asks for its WebAssembly, which is here already
  WebAssembly.instantiateStreaming = (_, imports) => WebAssembly.instantiate(assembly, imports);
  const python = await loadMicroPython({ heapsize: 2 ** 24, linebuffer: false, stdout: write, url: "micropython.wasm" });
  python.registerJsModule("page", { digits, draw });
  disk = python.FS;
  place(files);
  python.pyimport("prelude");
  cells = python.pyimport("cells");
}

/** Write files of Python and data below /lib, unless they are there. */
function place(files) {
  for (const name in files) {
    if (disk.analyzePath(`/lib/${name}`).exists) continue;
    let folder = "";
    for (const part of ["lib", ...name.split("/").slice(0, -1)]) {
      folder += `/${part}`;
      if (!disk.analyzePath(folder).exists) disk.mkdir(folder);
    }
    disk.writeFile(`/lib/${name}`, files[name]);
  }
}

/** Run a source, which may read these files; tell how it ended. */
function run({ source, name, files }) {
  place(files);
  count = 0;
  decoder = new TextDecoder();
  let result = {};
  try {
    const error = cells.run(source, name);
    if (error) result = { error: JSON.parse(error) };
  } catch ({ message }) {
    result = { error: { type: "", message: `Python had to be ended: ${message}`, places: [] }, isLost: true };
  }
  tell();
  postMessage({ ...result, done: true });
}

onmessage = ({ data }) => {
  if (data.wasm) start(data).then(() => postMessage({ ready: true }), reportError);
  else run(data);
};
