// On a phone the note of a save waits behind a button; without script, and with a note in it, the field shows.
const button = document.querySelector("[data-note-open]");
const place = button && document.getElementById(button.getAttribute("aria-controls"));
const input = place?.querySelector("input, textarea");

if (input && !input.value) {
  button.hidden = false;
  button.addEventListener("click", () => {
    button.setAttribute("aria-expanded", "true");
    button.hidden = true;
    input.focus();
  });
}
