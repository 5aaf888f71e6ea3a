// Someone to talk to where one lives: of a joint round the lines of the municipality that is chosen, and of no other.

export function showLocalLines(form) {
  const chosen = new FormData(form).get("municipality") ?? "";
  for (const lines of document.querySelectorAll("[data-lines-of]")) lines.hidden = lines.dataset.linesOf !== chosen;
}
