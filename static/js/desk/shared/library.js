// Searches of the library that a dialog shows: by words while somebody types them, or by keys.
import { element } from "desk/shared/element";

const WAIT = 180;

// Answers with {results, more}. Throws where the site gives no such answer.
export async function askLibrary(url, parameters) {
  const address = new URL(url, location.href);
  for (const [name, value] of parameters) address.searchParams.append(name, value);
  const response = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!response.ok || response.redirected) throw new Error(String(response.status));
  return response.json();
}

// Searches for the words in the control `query`. `show` is told what was found, or null when there was no answer; an
// answer that a later question overtook is dropped. Returns {search, stop}.
export function searchWhileTyping(query, url, show) {
  let timer = 0;
  let asked = 0;

  async function search() {
    const number = ++asked;
    const found = await askLibrary(url, [["q", query.value]]).catch(() => null);
    if (number === asked) show(found);
  }

  function stop() {
    clearTimeout(timer);
    asked += 1;
  }

  query.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, WAIT);
  });
  return { search, stop };
}

// One of the results: a box to choose it by, and what it is.
export function choice(box, ...content) {
  const item = element("li");
  item.appendChild(element("label")).append(box, ...content);
  return item;
}
