// Asks for Crossref's proposals without leaving the page. Without script the link does.
const place = document.querySelector("[data-crossref]");
const status = place?.querySelector("[data-crossref-status]");

place?.querySelector("[data-crossref-ask]").addEventListener("click", async (event) => {
  event.preventDefault();
  status.textContent = place.dataset.wordAsking;
  try {
    const answer = await fetch(place.dataset.crossref, { credentials: "same-origin", headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    place.innerHTML = await answer.text();
    place.tabIndex = -1;
    place.focus();
  } catch {
    status.textContent = place.dataset.wordFailed;
  }
});
