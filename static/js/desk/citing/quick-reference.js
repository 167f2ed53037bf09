// Adds a source to the library from within the dialog to cite, without leaving the text.
import { startQuickLookup } from "desk/citing/quick-lookup";
import { named } from "desk/citing/source";

const dialog = document.querySelector("[data-cite-dialog]");
const form = dialog?.querySelector("[data-quick-reference]");
const search = dialog?.querySelector("form[method=dialog]");
const words = form?.dataset;

// Shows one of the dialog's two forms.
export function showQuickReference(on) {
  form.hidden = !on;
  search.hidden = on;
  dialog.setAttribute("aria-labelledby", on ? "editor_quick_title" : "editor_cite_title");
}

const filled = new Set();

// Empties the fields that the last lookup filled in: they describe another source than the one looked for now.
function emptyQuickReference() {
  for (const name of filled) {
    const control = form.elements[name];
    if (control.tagName === "SELECT") control.selectedIndex = 0;
    else control.value = "";
  }
  filled.clear();
}

// Fills the fields that are named; leaves those that somebody typed into as they are.
function fillQuickReference(values) {
  emptyQuickReference();
  for (const [name, value] of Object.entries(values)) {
    const control = form.elements[name];
    if (!control) continue;
    control.value = value ?? "";
    filled.add(name);
  }
}

function showErrors(errors) {
  let first = null;
  for (const place of form.querySelectorAll("[data-quick-error]")) {
    const name = place.dataset.quickError;
    const reasons = errors[name] || [];
    place.textContent = reasons.join(" ");
    const control = form.elements[name];
    if (!control) continue;
    control.setAttribute("aria-invalid", String(reasons.length > 0));
    if (reasons.length) first ??= control;
  }
  first?.focus();
}

// The page's own token: it is made anew when somebody signs in again (keeping/keeping.js).
async function send(url, data) {
  const token = document.querySelector("[data-editor-form] [name=csrfmiddlewaretoken]").value;
  const response = await fetch(url, {
    method: "POST",
    credentials: "same-origin",
    headers: { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify(data),
  });
  const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
  const isSignedOut = response.redirected || response.status === 403;
  return isJson ? { status: response.status, ...(await response.json()) } : { failed: isSignedOut ? words.wordSignedOut : words.wordFailed };
}

async function sendOrThrow(url, data) {
  const answer = await send(url, data).catch(() => ({ failed: words.wordFailed }));
  const reason = answer.failed || (answer.errors && Object.values(answer.errors).flat().join(" "));
  if (reason) throw new Error(reason);
  return answer;
}

// `chosen(row, words)` is told of the source that is to be cited, and what happened, in words.
export function startQuickReference({ chosen, query }) {
  const choose = (row, isNew) => {
    form.reset();
    filled.clear();
    showErrors({});
    showQuickReference(false);
    chosen(row, (isNew ? words.wordAdded : words.wordExisting).replace("{name}", `${named(row)}: ${row.title}`));
  };
  const lookup = startQuickLookup({ send: sendOrThrow, fill: fillQuickReference, empty: emptyQuickReference, chosen: choose });
  dialog.querySelector("[data-quick-open]").addEventListener("click", () => {
    showErrors({});
    lookup.reset();
    showQuickReference(true);
    const what = form.querySelector("[data-lookup-what]");
    what.value = query();
    what.focus();
  });
  dialog.querySelector("[data-quick-back]").addEventListener("click", () => {
    showQuickReference(false);
    search.querySelector("[data-cite-query]").focus();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await send(words.url, Object.fromEntries(new FormData(form))).catch(() => ({ failed: words.wordFailed }));
    if (answer.failed) return showErrors({ __all__: [answer.failed] });
    if (answer.errors) return showErrors(answer.errors);
    if (answer.found) return lookup.show(answer.found);
    const row = answer.added || answer.existing;
    if (!row) return showErrors({ __all__: [answer.reason || words.wordFailed] });
    choose(row, Boolean(answer.added));
  });
}
