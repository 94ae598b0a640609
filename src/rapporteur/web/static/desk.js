// What pages do beyond htmx; all of them work without it.
"use strict";
// After htmx has put new content in place, a screen reader and the keyboard go on from its heading.
document.addEventListener("htmx:afterSettle", (event) => {
  const heading = event.target.querySelector("[data-focus]");
  if (heading) heading.focus();
});
// When the steps of something have ended, its page is shown.
document.addEventListener("htmx:sseClose", (event) => {
  const then = event.target.dataset.then;
  if (then && event.detail.type === "message") location.replace(then);
});
// "/" goes to the search field, as on many desks.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest && event.target.closest("input, textarea, select");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
    const field = document.getElementById("find");
    if (field) { event.preventDefault(); field.focus(); }
  }
});
