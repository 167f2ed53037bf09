// Asks in a dialog of the page. Promises what `read` answers when its form is sent (undefined: it stays open), or null when
// the dialog is left. It closes at once, so that the next key already goes to the text.
export function ask(dialog, read) {
  const listening = new AbortController();
  const { signal } = listening;
  dialog.showModal();
  return new Promise((resolve) => {
    const finish = (answer) => {
      listening.abort();
      if (dialog.open) dialog.close();
      resolve(answer);
    };
    const leave = () => finish(null);
    const send = async (event) => {
      event.preventDefault();
      const answer = await read();
      if (answer !== undefined && !signal.aborted) finish(answer);
    };
    const cancel = (event) => {
      if (event.target !== dialog) return; // a file chooser that was closed
      event.preventDefault();
      leave();
    };
    dialog.querySelector("form").addEventListener("submit", send, { signal });
    dialog.querySelector("[data-dialog-cancel]").addEventListener("click", leave, { signal });
    dialog.addEventListener("cancel", cancel, { signal });
    // The event comes after the closing, when somebody may have opened the dialog again.
    dialog.addEventListener("close", () => !dialog.open && leave(), { signal });
  });
}
