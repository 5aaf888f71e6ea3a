// The screens of a dialogue, of which one is shown: the one that the presenter is at.
export class ScreenFollower {
  constructor(place, at, onShow = () => {}) {
    this.screens = [...place.querySelectorAll("[data-screen]")];
    this.onShow = onShow;
    this.show(at);
  }

  show(number) {
    const wanted = Math.min(Math.max(number, 1), this.screens.length);
    if (wanted === this.at) return;
    this.at = wanted;
    for (const screen of this.screens) screen.hidden = Number(screen.dataset.screen) !== wanted;
    this.onShow(this.screens[wanted - 1]);
  }
}
