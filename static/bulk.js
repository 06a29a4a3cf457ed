/* Ticking rows: all of the page at once, and how many are ticked. The form works without. */
(() => {
  "use strict";
  const rows = (form) => [...document.querySelectorAll(`input[type=checkbox][form="${form}"]`)];
  const count = (form) => {
    const boxes = rows(form);
    const ticked = boxes.filter((box) => box.checked).length;
    document.querySelectorAll(`[data-ticked="${form}"]`).forEach((place) => {
      place.textContent = `(${ticked})`;
    });
    document.querySelectorAll(`[data-tick-all="${form}"]`).forEach((all) => {
      all.checked = ticked > 0 && ticked === boxes.length;
      all.indeterminate = ticked > 0 && ticked < boxes.length;
    });
  };
  document.addEventListener("change", ({ target }) => {
    const form = target.dataset.tickAll || target.getAttribute("form");
    if (target.dataset.tickAll) rows(form).forEach((box) => { box.checked = target.checked; });
    if (form && target.type === "checkbox") count(form);
  });
  const start = () => document.querySelectorAll("[data-tick-all]").forEach((all) => count(all.dataset.tickAll));
  document.addEventListener("htmx:afterSettle", start);
  addEventListener("pageshow", start);
})();
