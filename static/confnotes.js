// What a keyboard and a clipboard add to the pages. Everything works without this file.
"use strict";

(() => {
  const KEYS = [
    ["/", "search"],
    ["j", "to the next takeaway, or the next row of a list"],
    ["k", "to the one before"],
    ["?", "this list"],
  ];
  const STORE = "confnotes-keys";
  const make = (name, fields = {}, ...inside) => {
    const element = Object.assign(document.createElement(name), fields);
    element.append(...inside);
    return element;
  };
  const areOn = () => localStorage.getItem(STORE) !== "off";

  // What is said to everyone: seen for a while, and read out.
  const toast = make("p", { className: "toast", role: "status" });
  document.body.append(toast);
  let fading;
  const tell = (words, seen = true) => {
    toast.classList.toggle("unseen", !seen);
    toast.textContent = words;
    clearTimeout(fading);
    fading = setTimeout(() => { toast.textContent = ""; }, 4000);
  };

  const copy = async (words, done) => {
    try {
      await navigator.clipboard.writeText(words);
      tell(done);
    } catch {
      tell("The browser did not allow copying.");
    }
  };

  // The list of keys, and the switch that turns them off.
  let dialog;
  const showKeys = () => {
    if (!dialog) {
      const list = make("dl");
      for (const [key, what] of KEYS) list.append(make("dt", {}, make("kbd", {}, key)), make("dd", {}, what));
      const box = make("input", { type: "checkbox", id: "keys-on", checked: areOn() });
      box.addEventListener("change", () => localStorage.setItem(STORE, box.checked ? "on" : "off"));
      dialog = make(
        "dialog",
        { className: "keys" },
        make("h2", { id: "keys-title" }, "Keys"),
        list,
        make("p", {}, box, make("label", { htmlFor: "keys-on" }, "Single keys work on all pages")),
        make("form", { method: "dialog" }, make("button", {}, "Close")),
      );
      dialog.setAttribute("aria-labelledby", "keys-title");
      document.body.append(dialog);
    }
    dialog.showModal();
  };
  const opener = document.querySelector(".with-scripts");
  opener?.classList.remove("with-scripts");
  opener?.addEventListener("click", showKeys);

  const step = (by) => {
    const links = [...document.querySelectorAll(".outline .permalink")];
    const rows = links.length ? links : [...document.querySelectorAll("main .name, main .heard > :first-child > a")];
    if (!rows.length) return;
    const here = rows.indexOf(document.activeElement);
    const past = rows.findIndex((row) => row.getBoundingClientRect().top > 0);
    const next = here >= 0 ? here + by : by > 0 ? Math.max(past, 0) : past - 1;
    const row = rows[Math.min(Math.max(next, 0), rows.length - 1)];
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "center" });
  };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, select, textarea, [contenteditable], dialog");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !areOn()) return;
    const search = document.querySelector('input[type="search"]');
    const acts = { "/": search && (() => { search.focus(); search.select(); }), j: () => step(1), k: () => step(-1), "?": showKeys };
    if (!acts[event.key]) return;
    event.preventDefault();
    acts[event.key]();
  });

  // A takeaway's "#" copies its permalink; other clicks on it stay what they are.
  document.addEventListener("click", (event) => {
    const copier = event.target.closest("[data-copy]");
    if (copier) return copy(document.getElementById(copier.dataset.copy).textContent, "Copied.");
    const link = event.target.closest(".takeaway > .permalink");
    if (!link || !navigator.clipboard || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    location.hash = link.parentElement.id;
    copy(link.href, "Link copied.");
  });
  if (navigator.clipboard) for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;

  // Filters that answer in place: short addresses, and the new number of rows is read out.
  document.addEventListener("htmx:configRequest", ({ detail }) => {
    for (const [name, value] of [...detail.formData.entries()]) if (value === "") detail.formData.delete(name);
  });
  document.addEventListener("htmx:afterSettle", () => {
    const tally = document.querySelector("#results .tally");
    if (tally) tell(tally.textContent.trim(), false);
  });
})();
