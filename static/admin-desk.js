// The page of a post's reading: ticks all lines between two clicks with Shift, moves and ticks by arrows, says what
// the lines are by a letter, and takes title, speaker, affiliation and the beginning of a talk from the text that
// is selected.
"use strict";

const ACTS = { t: "talk", e: "each", l: "alike", n: "no-talk", a: "above", o: "out", k: "notes", u: "units", r: "part", h: "heading", w: "whole", d: "day" };
const form = document.getElementById("reading_form");
let last = null;

// The panel stays at the top while lines scroll below it: a line that an address leads to comes below the panel.
const panel = document.getElementById("lines");
const measurePanel = () => document.documentElement.style.setProperty("--panel-height", `${panel.offsetHeight}px`);
new ResizeObserver(measurePanel).observe(panel);
const showTarget = () => {
  measurePanel();
  document.getElementById(location.hash.slice(1))?.scrollIntoView();
};
if (location.hash) showTarget();
addEventListener("hashchange", showTarget); // the panel may have grown since it was measured

const listBoxes = () => [...document.querySelectorAll("input[name=line]")];
const isBox = (element) =>
  element instanceof HTMLInputElement && element.type === "checkbox" && element.name === "line";

document.addEventListener("click", (event) => {
  const box = event.target;
  if (!isBox(box)) return;
  const boxes = listBoxes();
  const here = boxes.indexOf(box);
  if (event.shiftKey && last !== null) {
    const [start, end] = last < here ? [last, here] : [here, last];
    for (const other of boxes.slice(start, end + 1)) other.checked = box.checked;
  }
  last = here;
});

const move = (box, step, ticks) => {
  const boxes = listBoxes();
  const other = boxes[boxes.indexOf(box) + step];
  if (!other) return;
  if (ticks) {
    box.checked = true;
    other.checked = true;
  }
  other.focus();
  other.scrollIntoView({ block: "nearest" });
  last = boxes.indexOf(other);
};

document.addEventListener("keydown", (event) => {
  if (!isBox(event.target) || event.ctrlKey || event.altKey || event.metaKey) return;
  const key = event.key.toLowerCase();
  if (key === "arrowdown" || key === "arrowup") {
    move(event.target, key === "arrowdown" ? 1 : -1, event.shiftKey);
  } else if (key in ACTS) {
    event.target.checked = true;
    act.value = ACTS[key];
    showFields();
  } else if (key === "p" || key === "s") {
    form.requestSubmit(form.querySelector(key === "p" ? "button[name=try][value=lines]" : "button[name=save][value=lines]"));
  } else {
    return;
  }
  event.preventDefault();
});

const findRow = (node) => (node instanceof Element ? node : node?.parentElement)?.closest("tr[id]");

const takeSelection = (part) => {
  const selection = document.getSelection();
  const text = selection.toString().replace(/\s+/g, " ").trim();
  if (!text) return;
  const title = document.getElementById("id_title");
  const speakers = document.getElementById("id_speakers");
  const box = findRow(selection.anchorNode)?.querySelector("input[name=line]");
  if (box && (part === "within" || !listBoxes().some((other) => other.checked))) box.checked = true;
  if (part === "within") {
    const within = document.getElementById("id_within");
    within.value += `${within.value ? "; " : ""}${text}`;
    act.value = listBoxes().filter((each) => each.checked).length > 1 ? "each" : "talk";
    showFields();
  } else if (part === "title") title.value = text;
  else if (part === "speaker") speakers.value += `${speakers.value ? "\n" : ""}${text}`;
  else speakers.value = `${speakers.value.replace(/[^\n]*$/, (line) => line.split("|")[0].trim())} | ${text}`;
};

for (const hidden of document.querySelectorAll(".notes-take, .notes-keys")) hidden.hidden = false;
for (const button of document.querySelectorAll("[data-take]")) {
  // Pressing a button would take the selection away.
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", () => takeSelection(button.dataset.take));
}

// What the lines are decides which fields have a use; a field with something in it stays, since it would be sent.
const act = document.getElementById("id_act");
const hint = document.querySelector(".notes-line .is-act .notes-hint");
const showFields = () => {
  for (const part of document.querySelectorAll(".notes-line [data-acts]")) {
    const field = part.querySelector("input, select, textarea");
    part.hidden = !part.dataset.acts.split(" ").includes(act.value) && !field.value && !part.querySelector(".errorlist");
  }
  hint.textContent = act.selectedOptions[0].dataset.hint;
};
act.addEventListener("change", showFields);
showFields();
