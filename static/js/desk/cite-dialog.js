// The dialog that chooses references to cite: search, choose one or several, add a locator. `openCiteDialog` answers
// with {refs, locator, known}, or null when nothing was chosen.
import { showQuickReference, startQuickReference } from "desk/quick-reference";

const dialog = document.querySelector("[data-cite-dialog]");
const part = (name) => dialog.querySelector(`[data-cite-${name}]`);
const words = dialog?.dataset;
const WAIT = 180;

let chosen = new Map();
let results = [];
let answer = null;
let timer = 0;
let asked = 0;
let announce = 0;

function named(row) {
  return [row.who, row.year].filter(Boolean).join(" ") || row.key;
}

function say(text) {
  clearTimeout(announce);
  announce = setTimeout(() => {
    part("status").textContent = text;
  }, 50);
}

function element(name, className, text) {
  const node = document.createElement(name);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
}

function details(row) {
  const box = element("span", "cite-dialog__row");
  box.append(element("strong", "", named(row)), " ", element("span", "", row.title));
  const more = [row.where, row.key].filter(Boolean).join(" · ");
  box.append(element("span", "cite-dialog__more", more));
  if (row.notice) box.append(element("span", "badge badge--alarm", row.notice));
  if (row.missing) box.append(element("span", "badge badge--alarm", words.wordUnknown));
  else if (!row.identified) box.append(element("span", "badge badge--caution", words.wordUnidentified));
  return box;
}

function showChosen() {
  part("chosen").replaceChildren(
    ...[...chosen.values()].map((row) => {
      const item = element("li");
      const remove = element("button", "button button--small", "×");
      remove.type = "button";
      remove.setAttribute("aria-label", words.wordRemove.replace("{name}", named(row)));
      remove.addEventListener("click", () => {
        choose(row, false);
        part("query").focus();
      });
      item.append(details(row), remove);
      return item;
    }),
  );
  part("chosen-box").hidden = !chosen.size;
  part("insert").disabled = !chosen.size;
}

function choose(row, on) {
  if (on) chosen.set(row.key, row);
  else chosen.delete(row.key);
  for (const box of part("results").querySelectorAll("input")) box.checked = chosen.has(box.value);
  showChosen();
}

function showResults() {
  part("results").replaceChildren(
    ...results.map((row) => {
      const item = element("li");
      const label = element("label");
      const box = element("input");
      box.type = "checkbox";
      box.value = row.key;
      box.checked = chosen.has(row.key);
      box.addEventListener("change", () => choose(row, box.checked));
      label.append(box, details(row));
      item.append(label);
      return item;
    }),
  );
}

async function search() {
  const number = ++asked;
  const address = new URL(words.searchUrl, location.href);
  address.searchParams.set("q", part("query").value);
  try {
    const response = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" });
    if (!response.ok || response.redirected) throw new Error(String(response.status));
    const found = await response.json();
    if (number !== asked) return;
    results = found.results;
    showResults();
    const count = words.wordFound.replace("{n}", results.length);
    say(!results.length ? words.wordNone : found.more ? `${count}. ${words.wordMore}` : count);
  } catch {
    if (number !== asked) return;
    results = [];
    showResults();
    say(words.wordFailed);
  }
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(search, WAIT);
}

function move(by) {
  const stops = [part("query"), ...part("results").querySelectorAll("input")];
  const at = stops.indexOf(document.activeElement);
  if (at < 0) return false;
  stops[Math.min(Math.max(at + by, 0), stops.length - 1)].focus();
  return true;
}

function finish(accepted) {
  const settle = answer;
  answer = null;
  clearTimeout(timer);
  asked += 1;
  if (dialog.open) dialog.close();
  if (!settle) return;
  const locator = part("locator").value.trim();
  const known = Object.fromEntries([...chosen].filter(([, row]) => !row.missing));
  settle(accepted && chosen.size ? { refs: [...chosen.keys()], locator, known } : null);
}

if (dialog) {
  part("query").addEventListener("input", later);
  part("cancel").addEventListener("click", () => finish(false));
  dialog.addEventListener("close", () => finish(false));
  // Escape: at once, so that the next key already goes to the text.
  dialog.addEventListener("cancel", (event) => {
    if (event.target !== dialog) return;
    event.preventDefault();
    finish(false);
  });
  dialog.addEventListener("keydown", (event) => {
    const inList = event.target === part("query") || event.target.closest("[data-cite-results]");
    if (inList && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      if (move(event.key === "ArrowDown" ? 1 : -1)) event.preventDefault();
    }
    if (inList && event.key === "Enter") {
      event.preventDefault();
      if (event.target.type === "checkbox" && !event.target.checked) event.target.click();
      if (chosen.size) finish(true);
      else if (results.length) choose(results[0], true);
    }
  });
  dialog.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    finish(true);
  });
  startQuickReference({
    query: () => part("query").value,
    chosen: (row, text) => {
      choose(row, true);
      say(text);
      part("insert").focus();
    },
  });
}

export function openCiteDialog(present, known) {
  chosen = new Map();
  for (const key of present?.refs || []) {
    chosen.set(key, known[key] || { key, who: key, title: "", identified: false, missing: true });
  }
  part("query").value = "";
  part("locator").value = present?.locator || "";
  part("insert").textContent = present ? words.wordChange : words.wordInsert;
  part("status").textContent = "";
  results = [];
  showResults();
  showChosen();
  showQuickReference(false);
  dialog.showModal();
  part("query").focus();
  search();
  return new Promise((resolve) => {
    answer = resolve;
  });
}
