// Follows a job: asks its address every second and shows how far it has come, until it is done, failed, or the page is left.
// The address answers { done: 3, total: 12, words: "3 of 12 sections", state: "running" | "done" | "failed" }.
const EVERY = 1000;
const SLOWEST = 15000;

function show(progress, job) {
  const bar = progress.querySelector("[data-progress-bar]");
  const words = progress.querySelector("[data-progress-words]");
  if (job.total) {
    bar.max = job.total;
    bar.value = job.done;
  }
  if (words.textContent !== job.words) words.textContent = job.words;
}

async function follow(progress, wait = EVERY) {
  let next = wait;
  try {
    const answer = await fetch(progress.dataset.progress, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.statusText);
    const job = await answer.json();
    show(progress, job);
    if (job.state === "done" || job.state === "failed") {
      const target = progress.dataset.progressDone;
      if (target) location.assign(target);
      else location.reload();
      return;
    }
    next = EVERY;
  } catch {
    next = Math.min(wait * 2, SLOWEST); // a lost network or a restart: ask again, ever more seldom
  }
  setTimeout(follow, next, progress, next);
}

for (const progress of document.querySelectorAll("[data-progress]")) {
  progress.querySelector("[data-progress-refresh]").hidden = true;
  setTimeout(follow, EVERY, progress);
}
