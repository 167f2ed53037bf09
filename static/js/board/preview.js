// Shows what is typed where readers will see it: [data-preview-of="id of the field"], with words for an empty field.
for (const preview of document.querySelectorAll("[data-preview-of]")) {
  const field = document.getElementById(preview.dataset.previewOf);
  const show = () => {
    preview.textContent = field.value.trim() || preview.dataset.previewEmpty;
  };
  field?.addEventListener("input", show);
  if (field) show();
}
