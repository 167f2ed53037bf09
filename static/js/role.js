// After a choice of role the server answers with the same article and `#role-result` (or ?role=…) in the address.
// Says aloud, in the page's status region, which text is shown now: the words stand in [data-role-result].
const result = document.querySelector("[data-role-result]");
const chosen = location.hash === "#role-result" || new URLSearchParams(location.search).has("role");
const announcer = document.getElementById("announcer");

if (result && chosen && announcer) {
  const words = document.createElement("span");
  words.className = "visually-hidden";
  announcer.append(words);
  // A live region speaks only about what changes after it is on the page.
  setTimeout(() => {
    words.textContent = result.textContent.trim();
  }, 300);
}

// One click less where script runs: no need to ask for a second page for the choice that is already shown.
document.querySelector("[data-role-form]")?.addEventListener("submit", (event) => {
  const option = event.target.querySelector("input[type=radio]:checked");
  if (option && !option.defaultChecked) return;
  event.preventDefault();
  event.target.closest("details").open = false;
});
