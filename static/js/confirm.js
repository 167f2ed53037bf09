// Asks before what cannot be undone. A button with data-confirm="What will happen" submits its form only after "yes";
// data-confirm-title and data-confirm-label (the words on the button) are optional. Without script the form just submits.
const supported = typeof HTMLDialogElement === "function";

const make = (name, properties) => Object.assign(document.createElement(name), properties);

function ask(button) {
  const { confirm, confirmTitle, confirmLabel } = button.dataset;
  const dialog = document.createElement("dialog");
  const title = make("h2", { id: "confirm-title", textContent: confirmTitle || button.textContent.trim() });
  dialog.setAttribute("aria-labelledby", title.id);
  const row = make("div", { className: "button-row" });
  const cancel = make("button", { className: "button", type: "button", autofocus: true, textContent: document.body.dataset.cancel || "Cancel" });
  const yes = make("button", { className: button.className, type: "button", textContent: confirmLabel || button.textContent.trim() });
  yes.classList.remove("button--small", "button--wide");
  row.append(cancel, yes);
  dialog.append(title, make("p", { textContent: confirm }), row);
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
