// A chart as a picture that can stand alone: the same drawing, with its title, finding, legend, reasons, source and mark of
// example data drawn into it. Always on white, whatever the reader's screen.
import { configure, heightFor } from "./config.js";
import { FONT } from "./fonts.js";
import { wrap } from "./marks.js";
import { theme } from "./palette.js";
import { drawSwatch } from "./legend.js";

const WIDTH = 1200;
const MARGIN = 48;
const SIZE = 20;
const SHARP = 2;

/** The chart of this specification as a PNG file; source and updated are the page's own lines of text. */
export async function picture(spec, { source, updated }) {
  const colours = theme(false);
  const { chart, isLabelled } = drawn(spec, colours);
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  pen.font = `${SIZE}px ${FONT}`;
  const above = [
    ...lines(pen, [spec.title, spec.subtitle].filter(Boolean).join(" · "), SIZE, 400, colours.soft),
    ...lines(pen, spec.sentence, SIZE * 1.5, 650, colours.ink),
  ];
  const reasons = spec.missing.map(({ text, count }) => `${text} (${count})`);
  const below = [spec.reading.framing, spec.interval_text, ...reasons, spec.reading.caution, ...spec.notes, source, updated]
    .filter(Boolean)
    .flatMap((text) => lines(pen, text, SIZE * 0.85, 400, colours.soft));
  const legend = spec.series.length > 1 && !isLabelled ? SIZE * 2 : 0;
  const height = MARGIN * 2 + room(above) + legend * rows(pen, spec) + chart.height / SHARP + room(below) + SIZE * 2;
  canvas.width = WIDTH * SHARP;
  canvas.height = height * SHARP;
  pen.scale(SHARP, SHARP);
  pen.fillStyle = colours.background;
  pen.fillRect(0, 0, WIDTH, height);
  let y = write(pen, above, MARGIN);
  y = legend ? drawLegend(pen, spec, colours, y + SIZE * 0.5) : y;
  pen.drawImage(chart, MARGIN, y, chart.width / SHARP, chart.height / SHARP);
  write(pen, below, y + chart.height / SHARP + SIZE);
  if (spec.is_demo) markAsExample(pen, spec.demo_label, height, colours);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

function drawn(spec, colours) {
  const canvas = document.createElement("canvas");
  const width = WIDTH - 2 * MARGIN;
  canvas.width = width;
  canvas.height = heightFor(spec, width, SIZE);
  const config = configure(spec, { width, size: SIZE, colours, ctx: canvas.getContext("2d") });
  config.options.devicePixelRatio = SHARP;
  const chart = new Chart(canvas, config);
  const copy = document.createElement("canvas");
  copy.width = canvas.width;
  copy.height = canvas.height;
  copy.getContext("2d").drawImage(canvas, 0, 0);
  chart.destroy();
  return { chart: copy, isLabelled: config.options.vaxtkraft.labelWidth > 0 };
}

function lines(pen, text, size, weight, colour) {
  if (!text) return [];
  return wrap(pen, text, WIDTH - 2 * MARGIN, size, weight).map((line) => ({ line, size, weight, colour }));
}

const room = (texts) => texts.reduce((sum, text) => sum + text.size * 1.4, 0);

function write(pen, texts, from) {
  let y = from;
  pen.textBaseline = "top";
  for (const { line, size, weight, colour } of texts) {
    pen.font = `${weight} ${size}px ${FONT}`;
    pen.fillStyle = colour;
    pen.fillText(line, MARGIN, y);
    y += size * 1.4;
  }
  return y;
}

function legendPlaces(pen, spec) {
  pen.font = `${SIZE}px ${FONT}`;
  let x = MARGIN;
  let row = 0;
  return spec.series.map((series) => {
    const width = 46 + pen.measureText(series.label).width + 28;
    if (x + width > WIDTH - MARGIN && x > MARGIN) {
      x = MARGIN;
      row += 1;
    }
    const place = { series, x, row };
    x += width;
    return place;
  });
}

const rows = (pen, spec) => legendPlaces(pen, spec).at(-1).row + 1;

function drawLegend(pen, spec, colours, from) {
  const places = legendPlaces(pen, spec);
  for (const { series, x, row } of places) {
    const y = from + row * SIZE * 2;
    pen.save();
    pen.translate(x, y);
    drawSwatch(pen, spec, series, colours);
    pen.restore();
    pen.font = `${SIZE}px ${FONT}`;
    pen.fillStyle = colours.ink;
    pen.fillText(series.label, x + 46, y);
  }
  return from + (places.at(-1).row + 1) * SIZE * 2;
}

function markAsExample(pen, label, height, colours) {
  pen.save();
  pen.font = `700 ${SIZE}px ${FONT}`;
  pen.textBaseline = "top";
  pen.textAlign = "end";
  pen.fillStyle = colours.ink;
  pen.fillText(label, WIDTH - MARGIN, MARGIN / 2 - SIZE / 4);
  pen.globalAlpha = 0.07;
  pen.translate(WIDTH / 2, height / 2);
  pen.rotate(-Math.PI / 8);
  pen.font = `700 ${SIZE * 7}px ${FONT}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(label, 0, 0);
  pen.restore();
}
