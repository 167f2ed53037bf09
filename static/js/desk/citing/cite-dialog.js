// The dialog that chooses references to cite: search, choose one or several, add a locator. `openCiteDialog` answers
// with {refs, locator, known}, or null when nothing was chosen.
import { showQuickReference, startQuickReference } from "desk/citing/quick-reference";
import { described, named } from "desk/citing/source";
import { ask } from "desk/shared/dialog";
import { element } from "desk/shared/element";
import { choice, searchWhileTyping } from "desk/shared/library";

const dialog = document.querySelector("[data-cite-dialog]");
const part = (name) => dialog.querySelector(`[data-cite-${name}]`);
const words = dialog?.dataset;
const library = dialog && searchWhileTyping(part("query"), words.searchUrl, showFound);

let chosen = new Map();
let results = [];
let announce = 0;

function say(text) {
  clearTimeout(announce);
  announce = setTimeout(() => {
    part("status").textContent = text;
  }, 50);
}

function details(row) {
  const box = described(row);
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
      const box = element("input");
      box.type = "checkbox";
      box.value = row.key;
      box.checked = chosen.has(row.key);
      box.addEventListener("change", () => choose(row, box.checked));
      return choice(box, details(row));
    }),
  );
}

function showFound(found) {
  results = found?.results ?? [];
  showResults();
  const count = words.wordFound.replace("{n}", results.length);
  if (!found) say(words.wordFailed);
  else say(!results.length ? words.wordNone : found.more ? `${count}. ${words.wordMore}` : count);
}

function move(by) {
  const stops = [part("query"), ...part("results").querySelectorAll("input")];
  const at = stops.indexOf(document.activeElement);
  if (at < 0) return false;
  stops[Math.min(Math.max(at + by, 0), stops.length - 1)].focus();
  return true;
}

function answer() {
  const known = Object.fromEntries([...chosen].filter(([, row]) => !row.missing));
  return chosen.size ? { refs: [...chosen.keys()], locator: part("locator").value.trim(), known } : null;
}

if (dialog) {
  dialog.addEventListener("keydown", (event) => {
    const inList = event.target === part("query") || event.target.closest("[data-cite-results]");
    if (inList && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      if (move(event.key === "ArrowDown" ? 1 : -1)) event.preventDefault();
    }
    if (inList && event.key === "Enter") {
      event.preventDefault();
      if (event.target.type === "checkbox" && !event.target.checked) event.target.click();
      if (chosen.size) part("insert").click();
      else if (results.length) choose(results[0], true);
    }
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

export async function openCiteDialog(present, known) {
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
  const answered = ask(dialog, answer);
  part("query").focus();
  library.search();
  const given = await answered;
  library.stop();
  return given;
}
