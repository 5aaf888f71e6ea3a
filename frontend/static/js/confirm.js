// <form data-confirm="Close the round now?">: asks once more before a deed that is hard to undo; with data-confirm-while
// only where that field holds something that would be lost. Pages that matter have a
// page of confirmation of their own; this is for small deeds in a list, and they work without script too.
document.addEventListener("submit", (event) => {
  const unsent = event.target.dataset.confirmWhile;
  if (unsent && !document.querySelector(unsent)?.value.trim()) return;
  const question = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
  if (question && !confirm(question)) event.preventDefault();
});
