// An adaptation beside its source. Wide: every section of the source is open beside the one that renders it. On a phone
// they are folded, so that the adaptation reads in one go; what the reader opened there stays open.
const wide = matchMedia("(min-width: 64rem)");
const sources = document.querySelectorAll("[data-beside] details.beside__source");

function arrange() {
  for (const source of sources) source.open = wide.matches;
}

wide.addEventListener("change", arrange);
arrange();

// The source beside the editor. The pane follows the text: it shows the section that renders the one at the top of the
// window, and moves through it at the same share of its height.
const pane = document.querySelector("[data-source-pane] .source-pane__text");
const sections = pane ? [...pane.querySelectorAll("[data-target]")] : [];

function follow() {
  const text = document.querySelector(".ProseMirror");
  if (!text || !wide.matches) return;
  const headings = [...text.querySelectorAll(":scope > :is(h2, h3, h4)")];
  const edge = 120;
  const number = headings.filter((heading) => heading.getBoundingClientRect().top < edge).length;
  const section = sections.findLast((one) => Number(one.dataset.target) <= number) ?? sections[0];
  if (!section) return;
  for (const one of sections) one.classList.toggle("is-here", one === section);
  const start = (headings[number - 1] ?? text).getBoundingClientRect().top;
  const end = headings[number] ? headings[number].getBoundingClientRect().top : text.getBoundingClientRect().bottom;
  const share = Math.min(1, Math.max(0, (edge - start) / Math.max(1, end - start)));
  pane.scrollTop = section.offsetTop - pane.offsetTop + share * Math.max(0, section.offsetHeight - pane.clientHeight / 2);
}

if (pane) {
  document.querySelector("[data-source-pane]").open = wide.matches;
  let queued = false;
  addEventListener(
    "scroll",
    () => {
      if (queued) return;
      queued = true;
      requestAnimationFrame(() => {
        queued = false;
        follow();
      });
    },
    { passive: true },
  );
}
