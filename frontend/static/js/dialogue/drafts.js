// What is being typed, kept on the device until it has been added: a page that is closed by mistake loses no word.
export function keepDraft(field, name) {
  try {
    if (!field.value) field.value = localStorage.getItem(name) ?? "";
  } catch {
    return; // a storage that may not be used
  }
  field.addEventListener("input", () => {
    try {
      if (field.value) localStorage.setItem(name, field.value);
      else localStorage.removeItem(name);
    } catch {
      // Full: the field itself still holds the text.
    }
  });
}

/** Empty a field, and forget its draft. */
export function clearDraft(field) {
  field.value = "";
  field.dispatchEvent(new Event("input"));
}
