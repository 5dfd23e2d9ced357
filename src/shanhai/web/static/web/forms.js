// An open form: what is typed is kept as a draft, here and at the server; nothing typed is lost with the connection.
// Requests are made by htmx, which asks this site only. Without script the form is filled in, kept and saved all the same.
"use strict";

const form = document.querySelector("form[data-form]");
if (form && window.htmx) { watch(form); }

function watch(form) {
  const PAUSE = 1000, AGAIN = 5000;
  const keeper = document.getElementById("form-kept");
  const told = document.getElementById("form-told");
  const say = document.getElementById("form-sentences").dataset;
  const place = `shanhai.form|${form.dataset.user}|${form.dataset.form}`;
  const personal = new Set(form.dataset.personal.split(" ").filter(Boolean));
  let typed = 0;      // counts changes, so that an answer to an older state settles nothing
  let asked = 0;      // the count that the running request carries
  let running = false;
  let pause = 0;
  let waiting = null; // the button whose sending waits until the server has everything
  let letGo = false;

  // What is typed, without what the form carries hidden and without personal identifiers.
  const fields = () => [...form.elements].filter((one) => one.name && one.name !== "do" && one.type !== "hidden"
    && one.type !== "radio" && one.tagName !== "BUTTON" && one.tagName !== "FIELDSET" && !personal.has(one.name));

  function keepHere() {
    const values = Object.fromEntries(fields().map((one) => [one.name, one.value]));
    try { localStorage.setItem(place, JSON.stringify({ at: new Date().toISOString(), values })); } catch { /* full, or not allowed */ }
  }
  function forgetHere() {
    try { localStorage.removeItem(place); } catch { /* not allowed: nothing was kept */ }
  }

  function keepThere() {
    clearTimeout(pause);
    if (running) { return; }
    running = true;
    asked = typed;
    htmx.trigger(keeper, "keep-now");
  }

  function tell(sentence, link, address) {
    told.replaceChildren();
    told.hidden = !sentence;
    if (!sentence) { return; }
    const line = document.createElement("p");
    line.append(sentence);
    if (link) {
      const way = document.createElement("a");
      way.href = address;
      way.textContent = link;
      line.append(" ", way);
    }
    told.append(line);
  }

  function freeButtons() {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[data-label][aria-disabled]")) {
      button.textContent = button.dataset.label;
      button.removeAttribute("aria-disabled");
    }
  }

  form.addEventListener("input", (event) => {
    typed += 1;
    if (!personal.has(event.target.name)) { keepHere(); }
    clearTimeout(pause);
    pause = setTimeout(keepThere, PAUSE);
  });

  // Before a form is sent the server is asked to keep it: that tells whether there is a connection and a session.
  // Only then does the browser leave the page, so that a failure leaves everything where it is.
  form.addEventListener("submit", (event) => {
    if (letGo) { return; }
    event.preventDefault();
    delete form.dataset.sent;
    waiting = event.submitter;
    if (form.querySelector("input:not([type=hidden]), textarea, select")) { keepHere(); }
    keepThere();
  });

  function go() {
    const button = waiting;
    waiting = null;
    if (button && button.value === "keep") { freeButtons(); return; }
    letGo = true;
    freeButtons();
    if (button) { form.requestSubmit(button); } else { form.requestSubmit(); }
  }

  keeper.addEventListener("htmx:beforeSwap", (event) => { if (event.detail.xhr.status !== 200) { event.detail.shouldSwap = false; } });
  keeper.addEventListener("htmx:afterRequest", (event) => {
    running = false;
    const status = event.detail.xhr ? event.detail.xhr.status : 0;
    if (status === 200) {
      tell("");
      if (asked === typed) { forgetHere(); }
      if (waiting && asked === typed) { go(); } else if (waiting || asked !== typed) { keepThere(); }
      return;
    }
    if (status === 401) {
      if (waiting && waiting.value !== "keep") { location.assign(form.dataset.signIn); return; }
      waiting = null;
      freeButtons();
      tell(say.signedOut, say.signIn, form.dataset.signIn);
      return;
    }
    if (status === 0 || status >= 500) {
      tell(waiting ? say.offline : say.offlineTyping);
      clearTimeout(pause);
      pause = setTimeout(keepThere, AGAIN);
      return;
    }
    waiting = null;
    freeButtons();
    tell(say.stale, say.reopen, form.getAttribute("action"));
  });
  window.addEventListener("online", () => { if (waiting || typed !== asked || !told.hidden) { keepThere(); } });
  window.addEventListener("pageshow", () => { letGo = false; });

  // What could not reach the server last time comes back, and one may do without it.
  if (form.hasAttribute("data-fresh")) { restore(); }

  function restore() {
    let kept = null;
    try { kept = JSON.parse(localStorage.getItem(place)); } catch { kept = null; }
    if (!kept || !kept.values) { return; }
    const other = fields().filter((one) => one.name in kept.values && one.value !== kept.values[one.name]);
    if (!other.length) { forgetHere(); return; }
    for (const one of other) {
      if (one.type === "date" && kept.values[one.name] && !/^\d{4}-\d\d-\d\d$/.test(kept.values[one.name])) { one.type = "text"; }
      one.value = kept.values[one.name];
    }
    // Sent to the server with the next change only: who does without it finds the form as the server has it.
    const note = document.createElement("div");
    note.className = "note";
    note.setAttribute("role", "status");
    const line = document.createElement("p");
    const away = document.createElement("button");
    away.type = "button";
    away.className = "link-button";
    away.textContent = say.discard;
    away.addEventListener("click", () => { forgetHere(); location.assign(form.getAttribute("action")); });
    line.append(`${say.restored}${new Date(kept.at).toLocaleString()}。 `, away);
    note.append(line);
    form.before(note);
  }

  // Who throws a draft away means the copy on this machine too.
  for (const button of document.querySelectorAll("[data-drop-draft]")) { button.addEventListener("click", forgetHere); }
}
