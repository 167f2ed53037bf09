// Asks before what cannot be undone. A button with data-confirm="What will happen" submits its form only after "yes";
// data-confirm-title and data-confirm-label (the words on the button) are optional. Without script the form just submits.
const supported = typeof HTMLDialogElement === "function";

function element(name, className, text) {
  const node = document.createElement(name);
  if (className) node.className = className;
  node.textContent = text;
  return node;
}

function ask(button) {
  const { confirm, confirmTitle, confirmLabel } = button.dataset;
  const dialog = document.createElement("dialog");
  const title = element("h2", "", confirmTitle || button.textContent.trim());
  title.id = "confirm-title";
  dialog.setAttribute("aria-labelledby", title.id);
  const row = element("div", "button-row", "");
  const cancel = element("button", "button", document.body.dataset.cancel || "Cancel");
  const yes = element("button", button.className, confirmLabel || button.textContent.trim());
  yes.classList.remove("button--small", "button--wide");
  cancel.type = yes.type = "button";
  cancel.autofocus = true;
  row.append(cancel, yes);
  dialog.append(title, element("p", "", confirm), row);
  document.body.append(dialog);
  return new Promise((resolve) => {
    cancel.addEventListener("click", () => dialog.close());
    yes.addEventListener("click", () => dialog.close("yes"));
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    dialog.showModal();
  });
}

if (supported) {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-confirm], input[type=submit][data-confirm]");
    if (!button || !button.form || button.dataset.confirmed) return;
    event.preventDefault();
    if (!button.form.reportValidity()) return;
    if (!(await ask(button))) return button.focus();
    button.dataset.confirmed = "yes";
    button.form.requestSubmit(button);
    delete button.dataset.confirmed;
  });
}
