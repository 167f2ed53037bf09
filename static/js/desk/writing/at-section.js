// Opens the editor at a section: #section-3 is the third heading of the text, #section-0 what stands before the first.
const wanted = /^#section-(\d+)$/.exec(location.hash);

function open(text) {
  const headings = text.querySelectorAll(":scope > :is(h2, h3, h4)");
  const place = Number(wanted[1]) ? headings[Number(wanted[1]) - 1] : text.firstElementChild;
  if (!place) return;
  text.focus({ preventScroll: true });
  getSelection().collapse(place, 0);
  place.scrollIntoView({ block: "start" });
}

if (wanted) {
  const found = () => document.querySelector(".ProseMirror");
  if (found()) open(found());
  else {
    const watcher = new MutationObserver(() => {
      if (!found()) return;
      watcher.disconnect();
      open(found());
    });
    watcher.observe(document.body, { childList: true, subtree: true });
  }
}
