/* What Material's search needs on a disk: a worker whose text comes in a script, as no browser starts
one from a file, and addresses with the names of files, as no server adds them. */

function xordocsSearchWorker(address) {
  if (location.protocol !== "file:") return new Worker(address);
  const target = new EventTarget();
  const waiting = [];
  let worker = null;
  target.postMessage = (message) => (worker ? worker.postMessage(message) : waiting.push(message));
  const script = document.createElement("script");
  script.src = new URL("on_disk.js", new URL(address, location)).href;
  script.onload = () => {
    worker = new Worker(URL.createObjectURL(new Blob([__worker], { type: "text/javascript" })));
    worker.onmessage = ({ data }) => target.dispatchEvent(new MessageEvent("message", { data }));
    for (const message of waiting) worker.postMessage(message);
  };
  document.head.append(script);
  return target;
}

function xordocsSearchPlace(place) {
  return location.protocol === "file:" ? place.replace(/(^|\/)(?=#|$)/, "$1index.html") : place;
}
