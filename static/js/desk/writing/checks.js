// Asks the checks anew while somebody types, and leads from each finding to its place in the text: selects it, inserts an
// explanation after it, or puts the finding aside until the page is left.
const PAUSE = 2_000;
const FIELDS = ["title", "heading", "summary", "body"];

const panel = document.querySelector("[data-checks-url]");
const form = panel?.closest("form");

// The editor announces itself; it has done so already when this module starts after it, and then its element knows it.
let announced = null;
document.addEventListener("body-editor:ready", (event) => {
  announced = event.detail.editor;
});
const editor = () => announced ?? document.querySelector(".ProseMirror")?.editor ?? null;

if (form) start();

function start() {
  const report = panel.querySelector("[data-checks-report]");
  const status = panel.querySelector("[data-checks-status]");
  const state = panel.querySelector("[data-checks-state]");
  const dismissed = new Set();
  let timer = 0;
  let running = null;
  let said = "";

  const identity = (item) => ["check", "field", "sentence", "words"].map((name) => item.dataset[name]).join("\u0000");

  function settle() {
    for (const item of report.querySelectorAll("[data-check]")) {
      item.hidden = dismissed.has(identity(item));
      for (const button of item.querySelectorAll("[data-check-insert], [data-check-dismiss]")) button.hidden = false;
    }
    for (const group of report.querySelectorAll("details[data-check-group]")) {
      const items = [...group.querySelectorAll("[data-check]")];
      const left = items.filter((item) => !item.hidden).length;
      if (!items.length) continue;
      group.hidden = !left;
      const count = group.querySelector(":scope > summary .count");
      if (count) count.textContent = left;
    }
  }

  function show(html) {
    const open = new Set([...report.querySelectorAll("details[open]")].map((group) => group.dataset.checkGroup));
    const focused = report.contains(document.activeElement) ? document.activeElement.closest("[data-check]") : null;
    const kept = focused && identity(focused);
    report.innerHTML = html;
    for (const group of report.querySelectorAll("details")) group.open = open.has(group.dataset.checkGroup);
    settle();
    if (kept) {
      const again = [...report.querySelectorAll("[data-check]")].find((item) => identity(item) === kept);
      (again?.querySelector("[data-check-jump]") ?? panel.querySelector("h2")).focus?.();
    }
    const short = report.querySelector("[data-checks-short]")?.dataset.checksShort;
    const count = document.querySelector("[data-checks-count]");
    if (short && count) count.textContent = short.trim();
    const now = report.querySelector("[data-checks-said]")?.dataset.checksSaid ?? "";
    if (now !== said) status.textContent = now;
    said = now;
  }

  async function ask() {
    running?.abort();
    const asked = (running = new AbortController());
    const data = new FormData();
    for (const name of FIELDS) data.append(name, form.elements[name]?.value ?? "");
    state.textContent = panel.dataset.wordChecking;
    try {
      const answer = await fetch(panel.dataset.checksUrl, {
        method: "POST",
        body: data,
        headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, Accept: "text/html" },
        credentials: "same-origin",
        redirect: "error",
        signal: asked.signal,
      });
      if (!answer.ok && answer.status !== 400) throw new Error(`${answer.status}`);
      show(await answer.text());
      state.textContent = panel.dataset.wordTyped;
    } catch (problem) {
      if (problem.name !== "AbortError") state.textContent = panel.dataset.wordFailed;
    }
  }

  function later(pause = PAUSE) {
    clearTimeout(timer);
    timer = setTimeout(ask, pause);
  }

  form.addEventListener("input", (event) => {
    if (FIELDS.includes(event.target.name)) later();
  });

  report.addEventListener("click", (event) => {
    const item = event.target.closest("[data-check]");
    if (!item) return;
    if (event.target.closest("[data-check-jump]")) {
      event.preventDefault();
      if (!jump(item)) status.textContent = state.textContent = panel.dataset.wordLost;
    } else if (event.target.closest("[data-check-insert]")) {
      if (insert(item)) later(0);
      else status.textContent = state.textContent = panel.dataset.wordLost;
    } else if (event.target.closest("[data-check-dismiss]")) {
      dismissed.add(identity(item));
      const next = item.nextElementSibling ?? item.previousElementSibling;
      const group = item.closest("details");
      settle();
      ((next && !next.hidden && next.querySelector("[data-check-jump]")) || (!group.hidden && group.querySelector("summary")) || panel.querySelector("a"))?.focus();
    }
  });

  settle();
  if (form.dataset.kept || "refused" in form.dataset || document.querySelector(".conflict")) later(0);
}

function jump(item) {
  const { field, words, sentence } = item.dataset;
  const control = form.elements[field];
  const body = editor();
  if (field === "body" && body) {
    const place = words ? find(body, sentence, words) : null;
    if (!place) {
      body.commands.focus();
      return !words;
    }
    body.chain().setTextSelection(place).focus().run();
    const { node } = body.view.domAtPos(place.from);
    (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).scrollIntoView({ block: "center" });
    return true;
  }
  if (!control) return false;
  control.focus();
  const at = words ? control.value.indexOf(words) : -1;
  if (at >= 0) control.setSelectionRange?.(at, at + words.length);
  return !words || at >= 0;
}

function insert(item) {
  const body = editor();
  const place = body && find(body, item.dataset.sentence, item.dataset.words);
  if (!place) return false;
  body.chain().focus().insertContentAt(place.to, { type: "text", text: item.dataset.insertion }).run();
  return true;
}

// Returns where `words` stand in the document, inside `sentence` if that is there: a table row's first cell stands for it.
// Both come from the stored form of the text: one space for each run of space, citations left out, normal form C.
function find(body, sentence, words) {
  const row = words.split(" | ").find((cell) => cell.trim()) ?? words;
  let found = null;
  body.state.doc.descendants((node, start) => {
    if (found || !node.isTextblock) return !found;
    const { text, places } = flat(node, start + 1);
    const within = sentence ? text.indexOf(sentence) : -1;
    const at = within >= 0 ? text.indexOf(words, within) : sentence === words || sentence.includes(" | ") ? text.indexOf(row) : -1;
    if (at >= 0) {
      const length = within >= 0 ? words.length : row.length;
      found = { from: places[at], to: places[at + length - 1] + 1 };
    }
    return false;
  });
  return found;
}

function flat(block, start) {
  let text = "";
  const places = [];
  block.forEach((node, offset) => {
    const raw = node.isText ? node.text : node.type.name === "hardBreak" ? " " : "";
    for (let index = 0; index < raw.length; index += 1) {
      const letter = /\s/.test(raw[index]) ? " " : raw[index];
      if (letter === " " && (text === "" || text.endsWith(" "))) continue;
      text += letter;
      places.push(start + offset + index);
    }
  });
  return { text, places };
}
