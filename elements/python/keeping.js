// What readers write and have done, in the browser's storage: an entry for each cell of a page.

const page = `xordocs:${location.pathname.replace(/index\.html$/, "")}#`;

/** Return what is kept under a name, an empty object if nothing is. */
export function recall(name) {
  try {
    return JSON.parse(localStorage.getItem(page + name)) ?? {};
  } catch {
    return {};
  }
}

/** Keep an object under a name, beside what is there; return whether the browser lets us. */
export function keep(name, values) {
  try {
    localStorage.setItem(page + name, JSON.stringify({ ...recall(name), ...values }));
    return true;
  } catch {
    return false;
  }
}

/** Call back when another window has kept something under a name. */
export function follow(name, changed) {
  addEventListener("storage", ({ key }) => key === page + name && changed(recall(name)));
}
