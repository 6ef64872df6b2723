/* Where bound numbers come from: a tip on hover, and one key (k) or button that marks them all. */
(function () {
  "use strict";
  const LABELS = [["tabel", "Tabel"], ["raekke", "Række"], ["kolonne", "Kolonne"], ["n", "n"], ["kilde", "Kilde"]];
  const values = Array.from(document.querySelectorAll("span.tal, span.fakta"));
  const tip = document.createElement("div");
  tip.className = "kildetip";
  tip.id = "kildetip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  document.body.append(tip);

  function fill(value) {
    const list = document.createElement("dl");
    for (const [name, label] of LABELS) {
      if (!value.dataset[name]) continue;
      const term = document.createElement("dt");
      const text = document.createElement("dd");
      term.textContent = label;
      text.textContent = value.dataset[name];
      list.append(term, text);
    }
    tip.replaceChildren(list);
  }

  function show(value) {
    fill(value);
    tip.hidden = false;
    value.setAttribute("aria-describedby", tip.id);
    const at = value.getBoundingClientRect();
    const left = Math.min(Math.max(8, at.left), document.documentElement.clientWidth - tip.offsetWidth - 8);
    const below = at.bottom + 6;
    const fits = below + tip.offsetHeight < document.documentElement.clientHeight;
    tip.style.left = left + "px";
    tip.style.top = (fits ? below : at.top - tip.offsetHeight - 6) + "px";
  }

  function hide() {
    tip.hidden = true;
    for (const value of values) value.removeAttribute("aria-describedby");
  }

  for (const value of values) {
    value.removeAttribute("title"); // the tip says the same, better
    value.addEventListener("mouseenter", () => show(value));
    value.addEventListener("mouseleave", hide);
    value.addEventListener("focus", () => show(value));
    value.addEventListener("blur", hide);
    value.addEventListener("click", () => (tip.hidden ? show(value) : hide()));
  }

  const button = document.querySelector("button.vis-kilder");

  /* Only while they are marked can the numbers be reached with the tab key. */
  function mark(on) {
    document.documentElement.classList.toggle("viser-kilder", on);
    button.setAttribute("aria-pressed", String(on));
    for (const value of values) {
      if (on) value.setAttribute("tabindex", "0");
      else value.removeAttribute("tabindex");
    }
    hide();
  }

  if (button && values.length) {
    button.hidden = false;
    button.addEventListener("click", () => mark(button.getAttribute("aria-pressed") !== "true"));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") hide();
      const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable;
      if (event.key === "k" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        mark(button.getAttribute("aria-pressed") !== "true");
      }
    });
  }
  window.addEventListener("scroll", hide, { passive: true });

  function nameOf(frame) {
    const figure = frame.closest("figure");
    const number = figure && figure.querySelector("figcaption .nummer");
    const behind = frame.closest(".figurtal") ? "Tal bag " : "";
    return behind + (number ? number.textContent : "Tabel");
  }

  /* A table that is wider or longer than its frame can be scrolled with the keyboard too. */
  function frames() {
    for (const frame of document.querySelectorAll(".tabelramme, .figurramme")) {
      const wide = frame.scrollWidth > frame.clientWidth + 1;
      frame.classList.toggle("rulles", wide);
      if (wide || frame.scrollHeight > frame.clientHeight + 1) {
        frame.setAttribute("tabindex", "0");
        frame.setAttribute("role", "region");
        frame.setAttribute("aria-label", nameOf(frame) + ", kan rulles");
      } else {
        for (const name of ["tabindex", "role", "aria-label"]) frame.removeAttribute(name);
      }
    }
  }
  frames();
  window.addEventListener("resize", frames);
  for (const details of document.querySelectorAll("details")) details.addEventListener("toggle", frames);
  if (document.fonts) document.fonts.ready.then(frames);

  /* On a small screen the contents start folded. */
  const menu = document.querySelector("details.menu");
  if (menu && window.matchMedia("(max-width: 60rem)").matches) menu.open = false;
})();
