// The second screen for the room: follows the presenter, and runs the agenda's clock.
import { Clock } from "./dialogue/clock.js";
import { Poll } from "./dialogue/poll.js";
import { ScreenFollower } from "./dialogue/screens.js";

const wall = document.querySelector("[data-wall]");
const follower = new ScreenFollower(wall, Number(wall.dataset.at));
const clock = new Clock(wall.querySelector("[data-agenda]"));

new Poll({
  list: wall.dataset.list,
  events: wall.dataset.events,
  mark: "",
  take: ({ screen, began_at: began }) => {
    follower.show(screen);
    clock.begin(began);
  },
});
