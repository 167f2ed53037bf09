// The dialog that brings a figure: a file to upload, or one of the library; with its words. `openFigureDialog` answers
// with {figure, alt, caption}, or null when nothing was chosen. What was typed stays until it is done or cancelled.
import { ask } from "desk/shared/dialog";
import { element } from "desk/shared/element";
import { choice, searchWhileTyping } from "desk/shared/library";

const dialog = document.querySelector("[data-figure-dialog]");
const part = (name) => dialog.querySelector(`[data-figure-${name}]`);
export const words = dialog?.dataset || {};
const FIELDS = ["file", "credit", "licence", "alt"];
const library = dialog && searchWhileTyping(part("query"), words.searchUrl, showFound);

let chosen = null;
let brought = null;
let sending = null;

const uploads = () => part("from-file").checked;

function say(text) {
  part("status").textContent = text;
}

function complain(errors) {
  for (const field of FIELDS) {
    const reason = (errors[field] || []).join(" ");
    dialog.querySelector(`[data-figure-error="${field}"]`).textContent = reason;
    part(field).setAttribute("aria-invalid", String(Boolean(reason)));
  }
  const others = Object.keys(errors).filter((name) => !FIELDS.includes(name));
  say(others.flatMap((name) => errors[name]).join(" "));
  const first = FIELDS.find((field) => errors[field]?.length);
  if (first) part(first).focus();
}

function show() {
  part("upload").hidden = !uploads();
  part("library").hidden = uploads();
  part("caption-field").hidden = words.mode === "replace";
  part("insert").textContent = uploads() ? words.wordUpload : words.mode === "replace" ? words.wordTake : words.wordInsert;
}

function preview() {
  const file = brought || part("file").files[0];
  part("name").textContent = file ? words.wordFile.replace("{name}", file.name || "").replace("{size}", `${(file.size / 1048576).toFixed(1)} MB`) : "";
}

function showResults(results) {
  part("results").replaceChildren(
    ...results.map((figure) => {
      const box = element("input");
      box.type = "radio";
      box.name = "figure-chosen";
      box.value = figure.key;
      box.checked = chosen?.key === figure.key;
      box.addEventListener("change", () => {
        chosen = figure;
      });
      const plate = element("span", "figure-plate figure-plate--small");
      const image = element("img");
      image.src = figure.small;
      image.alt = "";
      plate.append(image);
      const row = element("span", "cite-dialog__row");
      row.append(element("strong", "", figure.key), element("span", "cite-dialog__more", [figure.credit, figure.licence].filter(Boolean).join(" · ")));
      return choice(box, plate, row);
    }),
  );
}

function showFound(found) {
  const results = found?.results ?? [];
  showResults(results);
  if (!found) say(words.wordFailed);
  else say(!results.length ? words.wordNone : found.more ? words.wordMore : "");
}

// Sends the file; answers with the figure of the library, or throws what is to be shown.
function upload(file) {
  const data = new FormData();
  data.append("file", file, file.name || "picture");
  for (const field of ["credit", "licence"]) data.append(field, part(field).value);
  const request = new XMLHttpRequest();
  sending = request;
  return new Promise((resolve, reject) => {
    request.open("POST", words.uploadUrl);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", dialog.querySelector("[name=csrfmiddlewaretoken]").value);
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      part("progress").hidden = false;
      if (event.lengthComputable) part("progress").value = event.loaded / event.total;
      say(event.loaded < event.total ? words.wordSending : words.wordPreparing);
    });
    request.addEventListener("load", () => {
      if (request.status === 201 && request.response) resolve(request.response.figure);
      else reject(request.response?.errors || { "": [words.wordFailed] });
    });
    request.addEventListener("error", () => reject({ "": [words.wordFailed] }));
    request.addEventListener("abort", () => reject(null));
    request.send(data);
  });
}

async function answer() {
  if (sending) return undefined;
  const file = brought || part("file").files[0];
  const alt = part("alt").value.trim();
  const errors = {};
  if (uploads() && !file) errors.file = [words.wordNoFile];
  if (uploads() && file && file.size > 10 * 1024 * 1024) errors.file = [words.wordTooLarge];
  if (!alt) errors.alt = [words.wordAltMissing];
  if (!uploads() && !chosen) errors[""] = [words.wordNotChosen];
  complain(errors);
  if (Object.keys(errors).length) return undefined;
  let figure = chosen;
  if (uploads()) {
    part("insert").setAttribute("aria-disabled", "true");
    try {
      figure = await upload(file);
    } catch (reasons) {
      if (reasons) complain(reasons);
      return undefined;
    } finally {
      sending = null;
      part("progress").hidden = true;
      part("insert").removeAttribute("aria-disabled");
    }
  }
  return { figure, alt, caption: part("caption").value.trim() };
}

if (dialog) {
  for (const name of ["from-file", "from-library"]) {
    part(name).addEventListener("change", () => {
      show();
      complain({});
      if (!uploads()) library.search();
    });
  }
  part("file").addEventListener("change", () => {
    brought = null;
    preview();
  });
}

export async function openFigureDialog({ file = null, present = null } = {}) {
  dialog.querySelector("form").reset();
  dialog.dataset.mode = present ? "replace" : "insert";
  chosen = null;
  brought = file;
  part("title").textContent = present ? words.wordReplaceTitle : words.wordInsertTitle;
  part("alt").value = present?.alt || "";
  showResults([]);
  complain({});
  show();
  preview();
  const answered = ask(dialog, answer);
  part(file ? "alt" : "file").focus();
  const given = await answered;
  library.stop();
  sending?.abort();
  return given;
}
