/* Small improvements over pages that work without them. No storage, no eval; texts come from data attributes. */
(() => {
  "use strict";
  const each = (selector, within, work) => within.querySelectorAll(selector).forEach(work);
  const on = (type, work) => document.addEventListener(type, work);
  const typable = "input:not([type=hidden]),select,textarea";
  document.documentElement.classList.add("js");

  /* Dependent fields: data-when="outcome=return,refuse" shows its block while the field has one of the values. */
  const valueOf = (field) => (field ? (field.type === "checkbox" && !field.checked ? "" : field.value) : "");
  const showDependents = (form) => each("[data-when]", form, (block) => {
    const [name, values] = block.dataset.when.split("=");
    const shown = values.split(",").includes(valueOf(form.elements[name]));
    block.hidden = !shown;
    each("[required],[data-required]", block, (input) => {
      input.dataset.required = "";
      input.required = shown;
    });
  });
  const prepare = (within) => each("form", within, showDependents);

  /* Drafts: data-draft-url gets the fields 1.5 s after the last change, and when the page is left. */
  const waiting = new Map();
  const forget = (form) => {
    clearTimeout(waiting.get(form));
    waiting.delete(form);
  };
  const tell = (form, key) => {
    const status = form.querySelector("[data-draft-status]");
    if (!status) return;
    const time = new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
    const text = status.dataset[key].replace("{time}", time);
    if (status.textContent !== text) status.textContent = text;
    status.classList.toggle("is-failed", key !== "saved");
  };
  const saveDraft = (form) => {
    forget(form);
    const typed = [...new FormData(form)].filter(([, value]) => typeof value === "string");
    fetch(form.dataset.draftUrl, {
      method: "POST",
      body: new URLSearchParams(typed),
      keepalive: true,
      redirect: "error",
      headers: { "X-CSRFToken": valueOf(form.elements.csrfmiddlewaretoken) },
    }).then(
      (answer) => tell(form, answer.ok ? "saved" : answer.status === 409 ? "conflict" : "failed"),
      () => tell(form, "failed"),
    );
  };
  const changed = ({ type, target: { form } }) => {
    if (!form) return;
    if (type === "change") showDependents(form);
    if (!form.dataset.draftUrl || form.dataset.sent) return;
    forget(form);
    waiting.set(form, setTimeout(saveDraft, 1500, form));
  };
  on("input", changed);
  on("change", changed);
  on("visibilitychange", () => {
    if (document.hidden) [...waiting.keys()].forEach(saveDraft);
  });

  /* One submit: the buttons are switched off only after the browser has read the value of the one pressed. */
  const release = (form) => {
    delete form.dataset.sent;
    each("[aria-disabled]", form, (button) => button.removeAttribute("aria-disabled"));
  };
  on("submit", (event) => {
    const form = event.target;
    forget(form);
    if (event.defaultPrevented || form.getAttribute("method") !== "post" || "resubmit" in form.dataset) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    each("button:not([type=button])", form, (button) => button.setAttribute("aria-disabled", "true"));
    setTimeout(release, 15000, form);
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) each("form[data-sent]", document, release);
  });

  /* Focus: the list of mistakes after a refusal; the new part when a swap took the focused element away. */
  const focus = (element) => {
    if (!element) return;
    if (!element.matches(`a[href],button,summary,[tabindex],${typable}`)) element.tabIndex = -1;
    element.focus();
  };
  let lost = false;
  on("htmx:beforeSwap", ({ detail }) => {
    lost = detail.target.contains(document.activeElement);
  });
  on("htmx:afterSettle", ({ detail: { elt } }) => {
    prepare(elt.parentElement);
    const summary = elt.querySelector("[data-summary]");
    if (summary || (lost && document.activeElement === document.body)) {
      focus(summary || elt.querySelector("[data-focus],h1,h2 a,a[href],button") || elt);
    }
    lost = false;
  });

  /* Menus close on Escape and on a click elsewhere; copy buttons; lines of the list of mistakes. */
  on("keydown", (event) => {
    if (event.key === "Escape") {
      each(".menu[open]", document, (menu) => {
        menu.open = false;
        focus(menu.firstElementChild);
      });
    }
  });
  on("click", (event) => {
    const { target } = event;
    each(".menu[open]", document, (menu) => {
      menu.open = menu.contains(target);
    });
    const copy = target.closest("[data-copy]");
    if (copy) {
      navigator.clipboard?.writeText(copy.dataset.copy).then(() => {
        copy.querySelector("[data-copy-text]").textContent = copy.dataset.copied;
      });
    }
    const mistake = target.closest("[data-summary] a");
    const field = mistake && document.getElementById(mistake.hash.slice(1));
    if (field) {
      event.preventDefault();
      field.scrollIntoView({ block: "center" });
      focus(field.matches(typable) ? field : field.querySelector(typable));
    }
  });

  prepare(document);
  each(".tabs [aria-current]", document, (tab) => {
    tab.parentElement.scrollLeft = tab.offsetLeft - 24;
  });
  focus(document.querySelector("[data-summary]"));
})();
