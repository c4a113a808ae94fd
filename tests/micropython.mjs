// Runs Python in MicroPython: a line of JSON in, {"files": …} or {"source": …}; a line of JSON out.
import { createInterface } from "node:readline";
import { loadMicroPython } from "../docs/assets/vendor/micropython/micropython.mjs";

const HEAP = 64 * 1024 * 1024;
let output = [];
const python = await loadMicroPython({
    heapsize: HEAP,
    linebuffer: true,
    stdout: (line) => output.push(line),
});

function write(files) {
    for (const [name, text] of Object.entries(files)) {
        const folders = name.split("/").slice(0, -1);
        folders.forEach((_, i) => {
            const folder = `/lib/${folders.slice(0, i + 1).join("/")}`;
            if (!python.FS.analyzePath(folder).exists) python.FS.mkdir(folder);
        });
        python.FS.writeFile(`/lib/${name}`, text);
    }
}

function run(source) {
    output = [];
    try {
        python.runPython(source);
        return { output: output.join("\n"), error: null };
    } catch (error) {
        return { output: output.join("\n"), error: error.message };
    }
}

python.FS.mkdir("/lib");
for await (const line of createInterface({ input: process.stdin })) {
    const { files, source } = JSON.parse(line);
    if (files) write(files);
    console.log(JSON.stringify(files ? {} : run(source)));
}
