// Small comforts. Every page works without them; nothing is fetched, nothing is stored.
"use strict";

// A workbook may be dropped on the whole box; its name is told in words.
for (const box of document.querySelectorAll("[data-drop]")) {
  const input = box.querySelector('input[type="file"]');
  const told = box.querySelector("[data-chosen]");
  const choose = box.querySelector("[data-choose]"); // for the mouse; keys and readers meet the file field itself
  choose.hidden = false;
  choose.addEventListener("click", () => input.click());
  box.classList.add("scripted");
  const tell = () => {
    const names = [...input.files].map((file) => `${file.name} (${Math.max(1, Math.round(file.size / 1024))} KB)`);
    told.textContent = names.length ? `${box.dataset.chosenWord || ""}${names.join(", ")}` : "";
    told.hidden = !names.length;
  };
  input.addEventListener("change", tell);
  for (const kind of ["dragenter", "dragover"]) {
    box.addEventListener(kind, (event) => { event.preventDefault(); box.classList.add("over"); });
  }
  for (const kind of ["dragleave", "drop"]) {
    box.addEventListener(kind, () => box.classList.remove("over"));
  }
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) { input.files = event.dataTransfer.files; tell(); }
  });
}

// A form is sent once: a second press does nothing, and the button says that the work is under way.
for (const form of document.querySelectorAll('form[method="post"]')) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    const button = event.submitter;
    if (button && button.dataset.busy) {
      button.dataset.label = button.textContent;
      button.textContent = button.dataset.busy;
      button.setAttribute("aria-disabled", "true");
    }
  });
}
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) { delete form.dataset.sent; }
  for (const button of document.querySelectorAll("[data-label][aria-disabled]")) {
    button.textContent = button.dataset.label;
    button.removeAttribute("aria-disabled");
  }
});

// The counts above the checked article become buttons that show one verdict only.
for (const list of document.querySelectorAll("[data-filter]")) {
  const items = document.querySelectorAll(`${list.dataset.filter} [data-verdict]`);
  const live = document.querySelector("[data-filter-told]");
  for (const badge of list.querySelectorAll("[data-show]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = badge.className;
    button.append(...badge.childNodes);
    button.dataset.show = badge.dataset.show;
    button.setAttribute("aria-pressed", "false");
    badge.replaceWith(button);
    button.addEventListener("click", () => {
      const on = button.getAttribute("aria-pressed") !== "true";
      for (const other of list.querySelectorAll("button")) { other.setAttribute("aria-pressed", "false"); }
      button.setAttribute("aria-pressed", String(on));
      let shown = 0;
      for (const item of items) {
        item.hidden = on && item.dataset.verdict !== button.dataset.show;
        shown += item.hidden ? 0 : 1;
      }
      if (live) { live.textContent = (on ? list.dataset.some : list.dataset.all).replace("{n}", shown); }
    });
  }
}

// A mark in the article leads to its claim even while the claim is filtered away.
for (const mark of document.querySelectorAll("a.mark")) {
  mark.addEventListener("click", () => {
    const claim = document.getElementById(mark.hash.slice(1));
    if (claim && claim.hidden) {
      const pressed = document.querySelector('[data-filter] button[aria-pressed="true"]');
      if (pressed) { pressed.click(); }
    }
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// After a form came back with errors, the summary is where reading starts.
const summary = document.querySelector(".error-summary");
if (summary) { summary.focus(); }

// A menu closes when one leaves it: by a click elsewhere, by Escape, by going on with the keyboard.
for (const menu of document.querySelectorAll("[data-menu]")) {
  const close = (event) => { if (!menu.contains(event.target)) { menu.open = false; } };
  document.addEventListener("click", close);
  document.addEventListener("focusin", close);
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) { menu.open = false; menu.querySelector("summary").focus(); }
  });
}
