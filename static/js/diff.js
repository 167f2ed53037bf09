// Steps through a difference: n and p, or [data-diff-next] and [data-diff-previous]; writes "2 / 7" into [data-diff-position].
const changes = [...document.querySelectorAll('[id^="change-"]')];
const position = document.querySelector("[data-diff-position]");
let index = changes.findIndex((change) => `#${change.id}` === location.hash);

function show() {
  if (position) position.textContent = index < 0 ? String(changes.length) : `${index + 1} / ${changes.length}`;
}

function step(by) {
  if (!changes.length) return;
  changes[index]?.classList.remove("is-current");
  index = index < 0 && by < 0 ? changes.length - 1 : (index + by + changes.length) % changes.length;
  const change = changes[index];
  change.classList.add("is-current");
  change.tabIndex = -1;
  change.focus({ preventScroll: true });
  change.scrollIntoView({ block: "center" });
  history.replaceState(null, "", `#${change.id}`);
  show();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
  if (event.key === "n") step(1);
  if (event.key === "p") step(-1);
});
document.querySelector("[data-diff-next]")?.addEventListener("click", () => step(1));
document.querySelector("[data-diff-previous]")?.addEventListener("click", () => step(-1));
for (const control of document.querySelectorAll("[data-diff-controls]")) control.hidden = !changes.length;
show();
