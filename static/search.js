// The search box: Esc empties it, arrows choose among suggestions or results. Without this file the form works.
"use strict";

(() => {
  const box = document.querySelector("#q, #quick");
  if (!box) return;
  const list = document.querySelector("#suggestions");
  const DELAY = 120;
  let timer = 0;
  let asked = 0;
  let chosen = -1;

  const options = () => (list ? [...list.querySelectorAll('[role="option"]')] : []);

  function close() {
    if (!list) return;
    window.clearTimeout(timer);
    asked += 1;
    list.hidden = true;
    list.replaceChildren();
    chosen = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  }

  function choose(place) {
    const found = options();
    if (!found.length) return;
    chosen = (place + found.length) % found.length;
    found.forEach((option, number) => option.setAttribute("aria-selected", String(number === chosen)));
    box.setAttribute("aria-activedescendant", found[chosen].id);
    found[chosen].scrollIntoView({ block: "nearest" });
  }

  async function suggest() {
    const mine = (asked += 1);
    const typed = box.value.trim();
    if (typed.length < 2) return close();
    let answer;
    try {
      answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(typed)}`, { credentials: "same-origin" });
    } catch {
      return close();
    }
    if (!answer.ok || mine !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine !== asked) return;
    list.replaceChildren(...page.querySelectorAll('[role="option"]'));
    list.hidden = !list.children.length;
    chosen = -1;
    box.removeAttribute("aria-activedescendant");
    box.setAttribute("aria-expanded", String(!list.hidden));
  }

  function walkResults(step) {
    const links = [...document.querySelectorAll("#results .direct a, #results .heard :is(h2, h3) > a")];
    if (!links.length) return false;
    const place = links.indexOf(document.activeElement) + step;
    (place < 0 ? box : links[Math.min(place, links.length - 1)]).focus();
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && event.target === box) {
      if (list && !list.hidden) {
        event.preventDefault();
        close();
      } else if (box.value) {
        event.preventDefault();
        box.value = "";
        box.dispatchEvent(new Event("input", { bubbles: true }));
      }
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      const within = event.target === box || event.target.closest("#results .heard, #results .direct");
      if (list && event.target === box && !list.hidden) {
        event.preventDefault();
        choose(chosen < 0 && step < 0 ? -1 : chosen + step);
      } else if ("live" in box.dataset && within && walkResults(step)) {
        event.preventDefault();
      }
    } else if (event.key === "Enter" && event.target === box && list && chosen >= 0) {
      event.preventDefault();
      options()[chosen].click();
    }
  });

  if (box.dataset.suggest && list) {
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-expanded", "false");
    box.addEventListener("input", () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(suggest, DELAY);
    });
    box.addEventListener("blur", () => window.setTimeout(close, 150));
  }
})();
