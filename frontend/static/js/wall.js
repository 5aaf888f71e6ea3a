// The second screen for the room: follows the presenter, and runs the agenda's clock.
import { Clock } from "./dialogue/clock.js";
import { Poll } from "./dialogue/poll.js";
import { ScreenFollower } from "./dialogue/screens.js";
import { Talk } from "./dialogue/talk.js";

const wall = document.querySelector("[data-wall]");
const follower = new ScreenFollower(wall, Number(wall.dataset.at));
const clock = new Clock(wall.querySelector("[data-agenda]"));
const talk = new Talk(wall.querySelector("[data-talk]"));

new Poll({
  list: wall.dataset.list,
  events: wall.dataset.events,
  mark: "",
  take: (found) => {
    // A code has been made, or has ended, since this screen was opened.
    if (found.has_code !== "code" in wall.dataset) location.reload();
    follower.show(found.screen);
    clock.begin(found.began_at);
    talk.show(found);
  },
});
