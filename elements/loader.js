// Loads the script of each element when the element comes near the view, the playground's at once. A
// classic script, so that it works from a disk, too.

(() => {
  const needTools = []; // the elements whose scripts need tools.js, too; the build fills it in
  const folder = document.currentScript.src.replace(/[^/]*$/, "");
  const asked = new Set();

  const isPart = ({ localName }) => localName.startsWith("xor-");

  const load = (name) => {
    if (asked.has(name) || name === "run") return; // <xor-run> has no script
    asked.add(name);
    const script = document.createElement("script");
    script.src = `${folder}${name}.js`;
    script.async = false; // they run in the order in which they were asked for
    document.head.append(script);
  };

  const loadAll = (element) => {
    for (const each of [element, ...element.querySelectorAll("*")].filter(isPart)) {
      const name = each.localName.slice(4);
      for (const script of ["core", needTools.includes(name) && "tools", name]) script && load(script);
    }
  };

  const nearby = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        nearby.unobserve(target);
        loadAll(target);
      }
    },
    { rootMargin: "50% 0px" },
  );

  for (const element of document.querySelectorAll("*")) {
    if (element.localName === "xor-playground") loadAll(element);
    else if (isPart(element) && !element.parentElement.closest("xor-run, xor-playground")) nearby.observe(element);
  }
})();
