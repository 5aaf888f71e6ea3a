// Draws every <figure data-chart> of the page from the JSON inside it. Without this script the sentence and the table are
// there. Needs the globals Chart and ChartErrorBars, loaded before (templates/components/chart_scripts.html).
import { configure, heightFor } from "./chart/config.js";
import { fillLegend } from "./chart/legend.js";
import { theme } from "./chart/palette.js";

const darkness = matchMedia("(prefers-color-scheme: dark)");
let onPaper = false;

// Loaded on pages where a chart may have intervals.
if (window.ChartErrorBars) Chart.register(...Object.values(ChartErrorBars).filter((part) => part.id));

class Figure {
  constructor(figure) {
    this.figure = figure;
    this.spec = JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
    this.box = figure.querySelector("[data-chart-picture]");
    this.canvas = this.box.querySelector("canvas");
    this.box.hidden = false;
    new ResizeObserver(() => this.draw()).observe(this.box);
  }

  /** Draws anew when the width, the colours or the medium has changed; a presenter's box gives its height as well. */
  draw(force = false) {
    const width = Math.floor(this.box.clientWidth);
    const room = this.figure.dataset.chart === "fills" ? Math.floor(this.box.clientHeight) : 0;
    if (!width || (width === this.width && room === this.room && !force)) return;
    Object.assign(this, { width, room });
    const size = (parseFloat(getComputedStyle(this.box).fontSize) * 15) / 18;
    const colours = theme(darkness.matches && !onPaper);
    const height = room || heightFor(this.spec, width, size);
    this.chart?.destroy();
    this.canvas.width = width;
    this.canvas.height = height;
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
    const config = configure(this.spec, { width, size, colours, ctx: this.canvas.getContext("2d"), height });
    this.chart = new Chart(this.canvas, config);
    const legend = this.figure.querySelector("[data-chart-legend]");
    legend.hidden = this.spec.series.length < 2 || config.options.vaxtkraft.labelWidth > 0;
    if (!legend.hidden) fillLegend(legend, this.spec, colours);
  }
}

await document.fonts.load('400 16px "Source Sans 3 Variable"').catch(() => []);
const figures = new Map();
const redraw = () => figures.forEach((figure) => figure.draw(true));

function find() {
  for (const figure of document.querySelectorAll("[data-chart]")) {
    if (!figures.has(figure)) figures.set(figure, new Figure(figure));
  }
  for (const figure of figures.keys()) if (!figure.isConnected) figures.delete(figure);
}

find();
document.addEventListener("htmx:afterSettle", find);

darkness.addEventListener("change", redraw);
for (const [event, paper] of [["beforeprint", true], ["afterprint", false]]) {
  addEventListener(event, () => {
    onPaper = paper;
    redraw();
  });
}
