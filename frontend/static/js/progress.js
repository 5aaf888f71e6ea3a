// Follows a job: asks its address every second and shows how far it has come, until it is finished or the page is left.
// The address answers { percent: 40, words: "Counting answers", is_finished: false }.
const EVERY = 1000;
const SLOWEST = 15000;

function show(progress, { percent, words }) {
  progress.querySelector("[data-progress-bar]").value = percent;
  const said = progress.querySelector("[data-progress-words]");
  if (said.textContent !== words) said.textContent = words; // only a change is read aloud
}

async function follow(progress, wait = EVERY) {
  let next = wait;
  try {
    const answer = await fetch(progress.dataset.progress, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.statusText);
    const job = await answer.json();
    show(progress, job);
    if (job.is_finished) {
      const after = progress.dataset.progressDone;
      if (after) location.assign(after);
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
