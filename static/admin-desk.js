// Ticks all lines between the one that was ticked last and the one that is clicked with Shift.
"use strict";

let last = null;
document.addEventListener("click", (event) => {
  const box = event.target;
  if (!(box instanceof HTMLInputElement) || box.type !== "checkbox" || box.name !== "line") return;
  const boxes = [...document.querySelectorAll("input[name=line]")];
  const here = boxes.indexOf(box);
  if (event.shiftKey && last !== null) {
    const [start, end] = last < here ? [last, here] : [here, last];
    for (const other of boxes.slice(start, end + 1)) other.checked = box.checked;
  }
  last = here;
});
