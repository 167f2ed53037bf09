// A file of references may be dropped anywhere on its page; one that is too large is told of before it is sent.
const form = document.querySelector("[data-reference-import]");
const input = form?.querySelector("input[type=file]");
const warning = form?.querySelector("[data-too-large]");

function isTooLarge() {
  const file = input.files[0];
  return Boolean(file && file.size > Number(input.dataset.limit));
}

const hasFiles = (event) => [...(event.dataTransfer?.types || [])].includes("Files");

if (input) {
  input.after(warning);
  form.querySelector("[data-drop-hint]").hidden = false;
  input.addEventListener("change", () => {
    warning.hidden = !isTooLarge();
  });
  document.addEventListener("dragover", (event) => {
    if (hasFiles(event)) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    const one = new DataTransfer();
    one.items.add(event.dataTransfer.files[0]);
    input.files = one.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    input.focus();
  });
  form.addEventListener("submit", (event) => {
    if (!isTooLarge()) return;
    event.preventDefault();
    warning.hidden = false;
    input.focus();
  });
}
