// Opens the cited reference where it is read: a popover, a sheet from below on phones.
// Without script, or in a browser without popovers, it stays a plain link to the list at the end.
function card(reference, link) {
  const node = document.createElement("div");
  node.className = "cite-card";
  node.popover = "auto";
  node.setAttribute("role", "dialog");
  node.setAttribute("aria-label", link.getAttribute("aria-label") || link.textContent);
  node.append(...reference.querySelector(":scope > div").cloneNode(true).children);
  for (const inner of node.querySelectorAll("[id]")) inner.removeAttribute("id");
  const more = document.createElement("p");
  more.className = "cite-card__more";
  const jump = document.createElement("a");
  jump.href = link.hash;
  jump.textContent = reference.closest("[data-jump-label]")?.dataset.jumpLabel || link.hash;
  jump.addEventListener("click", () => node.hidePopover());
  more.append(jump);
  node.append(more);
  return node;
}

if (HTMLElement.prototype.showPopover) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".citation a[href^='#ref-']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const reference = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!reference) return;
    event.preventDefault();
    const node = card(reference, link);
    document.body.append(node);
    node.addEventListener("toggle", (change) => {
      if (change.newState === "closed") {
        node.remove();
        if (document.activeElement === document.body) link.focus({ preventScroll: true });
      }
    });
    node.showPopover({ source: link });
    node.querySelector("a")?.focus({ preventScroll: true });
  });
}
