// Loads the script of each element when the element comes near the view. The playground's come at once,
// but for parts marked `later`: those come when they are in view, or the reader does something. Classic
// scripts, so that they work from a disk, too.

(() => {
  const needTools = []; // the elements whose scripts need tools.js, too; the build fills it in
  const folder = document.currentScript.src.replace(/[^/]*$/, "");
  const asked = new Set();

  const isPart = ({ localName }) => localName.startsWith("xor-");

  const nameOf = ({ localName }) => localName.slice("xor-".length);

  const load = (name) => {
    for (const each of ["core", needTools.includes(name) && "tools", name]) {
      if (!each || each === "run" || asked.has(each)) continue; // <xor-run> has no script
      asked.add(each);
      const script = document.createElement("script");
      script.src = `${folder}${each}.js`;
      script.async = false; // they run in the order in which they were asked for
      document.head.append(script);
    }
  };

  const loadAll = (element) => {
    for (const each of [element, ...element.querySelectorAll("*")].filter(isPart)) load(nameOf(each));
  };

  const loadSeen = (entries) => entries.forEach(({ isIntersecting, target }) => isIntersecting && loadAll(target));

  const nearby = new IntersectionObserver(loadSeen, { rootMargin: "50% 0px" });
  const inView = new IntersectionObserver(loadSeen);
  const playground = document.querySelector("xor-playground");
  const later = [...document.querySelectorAll("xor-playground > [later]")];

  for (const element of document.querySelectorAll("*")) {
    if (!isPart(element) || element === playground || later.includes(element)) continue;
    if (element.parentElement === playground) load(nameOf(element));
    else if (!element.parentElement.closest("xor-run, xor-playground")) nearby.observe(element);
  }
  if (playground) ["term", "playground"].forEach(load); // last, as the whole appears with it
  customElements.whenDefined("xor-playground").then(() => later.forEach((part) => inView.observe(part)));
  for (const event of ["keydown", "pointerdown"])
    addEventListener(event, () => later.forEach(loadAll), { once: true, capture: true });
})();
