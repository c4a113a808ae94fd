// Loads the script of each element when the element comes near the view, the playground's at once:
// core.js, then one script for each kind. A classic script, so that it works from a disk, too.

(() => {
  const folder = document.currentScript.src.replace(/[^/]*$/, "");
  const asked = new Set();

  const isPart = ({ localName }) => localName.startsWith("xor-");

  const load = (name) => {
    if (asked.has(name) || name === "run") return; // <xor-run> only groups parts
    asked.add(name);
    const script = document.createElement("script");
    script.src = `${folder}${name}.js`;
    script.async = false; // they run in the order in which they were asked for
    document.head.append(script);
  };

  const loadAll = (element) => {
    load("core");
    for (const each of [element, ...element.querySelectorAll("*")])
      if (isPart(each)) load(each.localName.slice(4));
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
