// Says before sending that a file is too large, instead of after a long upload.
const form = document.querySelector("[data-import]");
const input = form?.querySelector("input[type=file]");
const warning = form?.querySelector("[data-too-large]");

function isTooLarge() {
  const file = input.files[0];
  return Boolean(file && file.size > Number(input.dataset.limit));
}

if (input && warning) {
  input.after(warning);
  input.addEventListener("change", () => {
    warning.hidden = !isTooLarge();
  });
  form.addEventListener("submit", (event) => {
    if (!isTooLarge()) return;
    event.preventDefault();
    warning.hidden = false;
    input.focus();
  });
}
