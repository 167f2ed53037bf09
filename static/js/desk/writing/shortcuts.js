// Keys for whoever writes without a mouse: Alt+F10 goes to the toolbar, Escape back to the text, Ctrl+/ lists all keys.
const dialog = document.querySelector("[data-shortcuts-dialog]");
let back = null;

export function openShortcuts() {
  back = document.activeElement;
  dialog.showModal();
}

export function startShortcuts(root, editor, toolbar) {
  dialog.addEventListener("close", () => back?.focus());
  root.addEventListener("keydown", (event) => {
    if (event.key !== "F10" || !event.altKey) return;
    event.preventDefault();
    toolbar.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || !(event.ctrlKey || event.metaKey) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    openShortcuts();
  });
}
