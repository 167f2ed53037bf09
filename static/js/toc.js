// Marks, in .toc, the section in view; opens the contents where they are a column.
const links = new Map([...document.querySelectorAll('.toc a[href^="#"]')].map((a) => [decodeURIComponent(a.hash.slice(1)), a]));
const headings = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
const wide = matchMedia("(min-width: 68.75rem)");

function fold() {
  for (const details of document.querySelectorAll(".toc > details")) details.open = wide.matches;
}

function mark() {
  const edge = innerHeight / 4;
  const current = headings.findLast((heading) => heading.getBoundingClientRect().top < edge);
  for (const [id, link] of links) {
    if (current && id === current.id) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

let queued = false;
function later() {
  if (queued) return;
  queued = true;
  requestAnimationFrame(() => {
    queued = false;
    mark();
  });
}

if (headings.length) {
  fold();
  wide.addEventListener("change", fold);
  addEventListener("scroll", later, { passive: true });
  mark();
}

// On a phone, following a link folds the contents away again.
document.querySelector(".toc")?.addEventListener("click", (event) => {
  if (!wide.matches && event.target.closest("a")) event.target.closest("details").open = false;
});
