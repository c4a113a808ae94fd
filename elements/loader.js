// Loads the script of each element when the element comes near the view. The playground's come at once,
// but for parts marked `later`: those come when they are in view, or the reader does something. Classic
// scripts, so that they work from a disk, too.

(() => {
  const needs = {}; // how many of core.js and tools.js a script needs, if not one; the build fills it in
  const folder = document.currentScript.src.replace(/[^/]*$/, "");
  const asked = {};

  const nameOf = ({ localName }) => localName.split(/^xor-/)[1];

  const fetchOnce = (name) => {
    const fetching = (loaded) => {
      const script = document.createElement("script");
      script.src = `${folder}${name}.js`;
      script.async = false; // they run in the order in which they were asked for
      script.onload = () => loaded(true);
      script.onerror = () => loaded(!delete asked[name]);
      document.head.append(script);
    };
    return (asked[name] ??= new Promise(fetching));
  };

  /** Load a script after those that it needs; resolve to whether it is there. */
  const load = (name) => [...["core", "tools"].slice(0, needs[name] ?? 1), name].map(fetchOnce).pop();
  window.xordocs = { load };

  const loadAll = (element) => {
    const names = [element, ...element.querySelectorAll("*")].map(nameOf);
    names.filter((name) => name && name !== "run").forEach(load); // <xor-run> has no script
  };

  const loadSeen = (entries) => entries.forEach(({ isIntersecting, target }) => isIntersecting && loadAll(target));

  const nearby = new IntersectionObserver(loadSeen, { rootMargin: "150%" });
  const inView = new IntersectionObserver(loadSeen);
  const playground = document.querySelector("xor-playground");
  const later = [...document.querySelectorAll("xor-playground > [later]")];

  for (const element of document.querySelectorAll("*")) {
    if (!nameOf(element) || element === playground || later.includes(element)) continue;
    if (element.parentElement === playground) load(nameOf(element));
    else if (!element.parentElement.closest("xor-run, xor-playground")) nearby.observe(element);
  }
  if (document.querySelector("xor-exercise")) load("exercise"); // it marks what is done in the contents
  if (playground) ["term", "playground"].forEach(load); // last, as the whole appears with it
  customElements.whenDefined("xor-playground").then(() => later.forEach((part) => inView.observe(part)));
  for (const event of ["keydown", "pointerdown"])
    addEventListener(event, () => later.forEach(loadAll), { once: true, capture: true });
})();
