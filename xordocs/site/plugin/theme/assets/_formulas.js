/* A formula is a stop for the keyboard only where it is too wide for its place, and can be scrolled. */

(() => {
  "use strict";

  const update = (formula) => {
    if (formula.scrollWidth > formula.clientWidth) {
      formula.setAttribute("tabindex", "0");
    } else {
      formula.removeAttribute("tabindex");
    }
  };
  const sizes = new ResizeObserver((entries) => entries.forEach(({ target }) => update(target)));
  const observe = () =>
    document.querySelectorAll(".math.display").forEach((formula) => sizes.observe(formula));

  if (window.document$) {
    window.document$.subscribe(observe); // Material, which may load pages without leaving one
  } else {
    observe();
  }
})();
