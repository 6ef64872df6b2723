// Filters, and ticks of approval. A page from disk can't write files: ticks live in the browser, are
// saved as a small file that the reader puts beside the page, and are read again from there.
(() => {
  const data = JSON.parse(document.getElementById("sammenligning").textContent);
  const key = "evalrapport-godkendt-" + data.study;
  const ticks = [...document.querySelectorAll("input[data-id]")];
  const approved = new Set(data.approved);
  try { JSON.parse(localStorage.getItem(key) || "[]").forEach((id) => approved.add(id)); } catch { /* none kept */ }
  const filters = [...document.querySelectorAll(".filtre input[data-type]")];
  const only = document.getElementById("kun-store"), hide = document.getElementById("skjul-godkendte");

  function show() {
    const types = new Set(filters.filter((f) => f.checked).map((f) => f.dataset.type));
    for (const item of document.querySelectorAll("[data-change]")) {
      const done = approved.has(item.dataset.change);
      const small = only.checked && item.dataset.type === "tal" && item.dataset.stor !== "1";
      item.classList.toggle("godkendt", done);
      item.classList.toggle("skjul", !types.has(item.dataset.type) || small || (hide.checked && done));
    }
    for (const group of document.querySelectorAll("[data-group]"))
      group.classList.toggle("skjul", ![...group.querySelectorAll("[data-change]")].some((i) => !i.classList.contains("skjul")));
    for (const tick of ticks) tick.checked = approved.has(tick.dataset.id);
    for (const all of document.querySelectorAll("input[data-all]")) {
      const mine = [...all.closest("[data-group]").querySelectorAll("input[data-id]")];
      all.checked = mine.length > 0 && mine.every((t) => t.checked);
    }
    const there = new Set(ticks.map((t) => t.dataset.id));
    document.getElementById("antal-godkendt").textContent = [...there].filter((id) => approved.has(id)).length + " af " + there.size + " godkendt";
  }
  function set(id, on) { on ? approved.add(id) : approved.delete(id); }
  function keep() { try { localStorage.setItem(key, JSON.stringify([...approved])); } catch { /* private mode */ } show(); }

  for (const tick of ticks) tick.addEventListener("change", () => { set(tick.dataset.id, tick.checked); keep(); });
  for (const all of document.querySelectorAll("input[data-all]")) all.addEventListener("change", () => {
    for (const tick of all.closest("[data-group]").querySelectorAll("input[data-id]")) set(tick.dataset.id, all.checked);
    keep();
  });
  for (const filter of [...filters, only, hide]) filter.addEventListener("change", show);
  document.getElementById("gem").addEventListener("click", () => {
    const text = JSON.stringify({ study: data.study, godkendt: [...approved].sort() }, null, 1) + "\n";
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = "godkendt.json";
    link.click();
    URL.revokeObjectURL(link.href);
  });
  document.getElementById("hent").addEventListener("change", async (event) => {
    const file = event.target.files[0];
    if (!file) return;
    try { JSON.parse(await file.text()).godkendt.forEach((id) => approved.add(id)); keep(); }
    catch { alert("Filen er ikke en fil med godkendelser."); }
  });
  for (const slider of document.querySelectorAll(".lag input[type=range]")) slider.addEventListener("input", () => {
    slider.closest(".lag").querySelector("img + img").style.opacity = slider.value / 100;
  });
  for (const part of document.querySelectorAll(".kun-skaerm[hidden]")) part.hidden = false;
  show();
})();
