// Marks a page that another site shows in a frame, ?embed in its address, before anything is drawn.

if (/[?&;]embed\b/i.test(location.search)) document.documentElement.classList.add("xor-embed");
