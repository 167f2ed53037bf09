// Copies the text of what a button with data-copy="#id" names, one entry a line, with formatting where the device can.
const button = document.querySelector("[data-copy]");
const source = button && document.querySelector(button.dataset.copy);
const status = document.querySelector("[data-copied]");

function lines() {
  const numbered = source.dataset.numbered === "yes";
  const entries = [...source.querySelectorAll("li")].map((entry) => entry.textContent.trim());
  return (entries.length ? entries : [source.textContent.trim()]).map((text, at) => (numbered ? `${at + 1}. ${text}` : text)).join("\n");
}

if (source && navigator.clipboard) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const plain = lines();
    try {
      const html = new Blob([source.outerHTML], { type: "text/html" });
      const text = new Blob([plain], { type: "text/plain" });
      await navigator.clipboard.write([new ClipboardItem({ "text/html": html, "text/plain": text })]);
    } catch {
      await navigator.clipboard.writeText(plain);
    }
    status.textContent = button.dataset.wordCopied;
  });
}
