// Where one is, for the browser's own "back". On a shared device the browser is told nothing: no way leads back to answers.

export function isShared() {
  return Boolean(document.querySelector("[data-shared]"));
}

/** A new section came into view. */
export function remember(section) {
  if (!isShared()) history.pushState({ section }, "");
}

/** Go a section back: as the browser does it, or by `step` where it knows of none. */
export function goBack(step) {
  if (isShared()) step();
  else history.back();
}
