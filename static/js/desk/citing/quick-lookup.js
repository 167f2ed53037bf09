// In the form for a new reference: a DOI, a PMID or a pasted citation is looked for in the library and, where the site
// asks them, at Crossref and PubMed. What is found is shown with its notices; nothing is added before somebody says so.
import { described } from "desk/citing/source";
import { element } from "desk/shared/element";

const form = document.querySelector("[data-quick-reference]");
const box = form?.querySelector("[data-quick-lookup]");
const part = (name) => box.querySelector(`[data-lookup-${name}]`);
const words = box?.dataset;

function option(row, { score, reasons = [], notices = [], label, take }) {
  const item = element("li", "comment");
  const grave = notices.map(({ label: kind, date }) => [kind, date].filter(Boolean).join(", "));
  const text = described(row, grave.length ? grave : undefined);
  if (typeof score === "number") {
    const why = [words.wordScore.replace("{n}", score), ...reasons].join(" ");
    text.append(element("span", "cite-dialog__more", why));
  }
  const button = element("button", "button button--small", label);
  button.type = "button";
  button.addEventListener("click", take);
  item.append(text, button);
  return item;
}

// `send(url, data)` answers with JSON, or throws an Error whose message says what happened; `fill(fields)` fills the
// form and `empty()` empties what it filled; `chosen(row, isNew)` is told of the source to cite.
export function startQuickLookup({ send, fill, empty, chosen }) {
  if (!box) return { show() {}, reset() {} };

  const say = (text) => {
    part("status").textContent = text;
  };

  const reset = () => {
    empty();
    part("what").value = "";
    part("found").replaceChildren();
    say("");
  };

  const take = (carried) => async () => {
    say(words.wordAdding);
    try {
      const answer = await send(words.takeUrl, { carried });
      const row = answer.added || answer.existing;
      if (!row) throw new Error(answer.reason);
      reset();
      chosen(row, Boolean(answer.added));
    } catch (failure) {
      say(failure.message);
    }
  };

  const show = (found) => {
    const rows = [];
    if (found.existing) {
      const use = () => {
        reset();
        chosen(found.existing, false);
      };
      rows.push(option(found.existing, { label: words.wordCite, take: use }));
    }
    for (const { row, in_library: known, carried, ...more } of found.existing ? [] : found.proposals) {
      const use = known
        ? () => {
            reset();
            chosen(row, false);
          }
        : take(carried);
      rows.push(option(row, { ...more, label: known ? words.wordCite : words.wordAdd, take: use }));
    }
    if (found.carried && !found.existing) {
      const label = found.typed.identified ? words.wordAddTyped : words.wordKeep;
      rows.push(option(found.typed, { label, take: take(found.carried) }));
    }
    part("found").replaceChildren(...rows);
    if (!found.existing && !found.proposals.length) fill(found.fields);
    const heading = found.existing ? words.wordThere : found.proposals.length ? words.wordFound : found.problem ? words.wordRead : words.wordNone;
    say([heading, found.problem, ...found.doubts].filter(Boolean).join(" "));
    part("found").querySelector("button")?.focus();
  };

  const find = async () => {
    const what = part("what").value.trim();
    if (!what) return part("what").focus();
    say(words.wordAsking);
    part("found").replaceChildren();
    empty();
    try {
      show((await send(words.findUrl, { what })).found);
    } catch (failure) {
      say(failure.message);
    }
  };

  part("find").addEventListener("click", find);
  part("what").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    find();
  });
  box.hidden = false;
  return { show, reset };
}
