// Bringing a text: a file is sent with its progress while the rest is filled in, pasted text keeps its formatting.
// Without this script the form works as it stands.
const form = document.querySelector("[data-import]");
const words = form.dataset;
const input = form.querySelector("input[type=file]");
const state = form.querySelector("[data-file-state]");
const progress = form.querySelector("[data-file-progress]");
const kept = form.elements.kept;
const keptName = form.elements.kept_name;
const zone = form.querySelector("[data-drop]");
const pasted = form.elements.pasted;
const pastedHtml = form.elements.pasted_html;
const pastedState = form.querySelector("[data-pasted-state]");
const button = form.querySelector("[type=submit]");
let sending = null;

const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);

function send(file) {
  sending?.abort();
  kept.value = keptName.value = "";
  if (file.size > Number(input.dataset.limit)) {
    state.textContent = say("wordLarge");
    input.value = "";
    return;
  }
  const request = new XMLHttpRequest();
  const body = new FormData();
  body.append("file", file);
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  sending = request;
  progress.hidden = false;
  button.disabled = true;
  request.upload.addEventListener("progress", (event) => {
    const percent = event.lengthComputable ? Math.round((100 * event.loaded) / event.total) : 0;
    progress.value = percent;
    state.textContent = say("wordSending", { name: file.name, percent });
  });
  request.addEventListener("loadend", () => {
    if (sending !== request) return;
    sending = null;
    progress.hidden = true;
    button.disabled = false;
    let answer = {};
    try {
      answer = JSON.parse(request.responseText);
    } catch {
      answer = {};
    }
    if (request.status === 200) {
      kept.value = answer.kept;
      keptName.value = answer.name;
      state.textContent = say("wordSent", { name: file.name });
    } else {
      state.textContent = answer.reason || say("wordFailed", { name: file.name });
    }
  });
  request.open("POST", words.fileUrl);
  request.send(body);
}

input.addEventListener("change", () => input.files[0] && send(input.files[0]));

zone.classList.add("drop-zone--ready");
form.querySelector("[data-drop-hint]").hidden = false;
for (const name of ["dragover", "dragleave", "drop"]) {
  zone.addEventListener(name, (event) => {
    event.preventDefault();
    zone.classList.toggle("drop-zone--over", name === "dragover");
    if (name === "drop" && event.dataTransfer.files[0]) send(event.dataTransfer.files[0]);
  });
}

// What is pasted shows as plain text; its formatting travels beside it until somebody edits the text.
function forgetFormatting() {
  pastedHtml.value = "";
  pastedState.replaceChildren();
}
pasted.addEventListener("paste", (event) => {
  const html = event.clipboardData.getData("text/html");
  if (!html || pasted.value.trim()) return;
  pastedHtml.value = html;
  const plain = document.createElement("button");
  plain.type = "button";
  plain.className = "button button--quiet";
  plain.textContent = say("wordPlain");
  plain.addEventListener("click", forgetFormatting);
  pastedState.replaceChildren(say("wordFormatted"), " ", plain);
});
pasted.addEventListener("input", (event) => {
  if (event.inputType !== "insertFromPaste") forgetFormatting();
});

const about = form.querySelector("[data-about-model]");
function showModel() {
  about.hidden = form.elements.had_model.value !== "yes";
}
for (const choice of form.elements.had_model) choice.addEventListener("change", showModel);
showModel();

form.addEventListener("submit", () => {
  form.querySelector("[data-reading]").textContent = say("wordReading");
  input.disabled = Boolean(kept.value); // the file is there already; sending it twice would only take time
  button.disabled = true;
});
addEventListener("pageshow", () => {
  input.disabled = false;
  button.disabled = false;
  form.querySelector("[data-reading]").textContent = "";
});
