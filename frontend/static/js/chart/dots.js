// Places as dots along the scale: those pointed out by name, larger areas as lines, the middle half as a band.
// How high a dot stands means nothing: dots that would lie on one another are moved apart.
import { FONT } from "./fonts.js";
import { background } from "./marks.js";

const MOST_NAMES = 8;

/** Room above the dots for the names of what is pointed out, a line for each. */
const names = (spec) => [
  ...spec.x.categories
    .map((place, i) => ({ name: place.label, value: spec.series[0].values[i], text: spec.series[0].texts[i], i }))
    .filter(({ i, value }) => value !== null && spec.marked.includes(spec.x.categories[i].code)),
  ...spec.lines.filter((line) => line.value !== null).map((line) => ({ ...line, name: line.label })),
].slice(0, MOST_NAMES);

export function heightForDots(spec, width, size) {
  const crowd = Math.max(110, Math.min(width * 0.28, 70 + spec.x.categories.length * 0.9));
  return Math.round(crowd + names(spec).length * size * 1.5 + size * 5);
}

/** For each value its place from the middle, in dots, so that none lies on another; and how far out that goes. */
export function swarm(values, pixels, radius) {
  const placed = [];
  const order = values.map((value, i) => i).filter((i) => values[i] !== null).sort((a, b) => values[a] - values[b]);
  const out = new Map();
  for (const i of order) {
    const x = pixels(values[i]);
    const near = placed.filter((dot) => x - dot.x < 2 * radius);
    let step = 0;
    const free = (y) => near.every((dot) => Math.hypot(x - dot.x, y - dot.y) >= 2 * radius - 0.01);
    while (!free(offset(step) * radius)) step += 1;
    placed.push({ x, y: offset(step) * radius });
    out.set(i, offset(step) * radius);
  }
  return out;
}

const offset = (step) => (step % 2 ? -1 : 1) * Math.ceil(step / 2) * 0.5;

export function configureDots(spec, { width, size, colours, ctx, height }) {
  const room = height - names(spec).length * size * 1.5 - size * 5;
  const plot = width - size * 3;
  const pixels = (value) => ((value - spec.y.min) / (spec.y.max - spec.y.min)) * plot;
  const values = spec.series[0].values;
  let radius = Math.max(3, Math.min(7, width / 110));
  let at = swarm(values, pixels, radius);
  while (radius > 1.5 && Math.max(0, ...[...at.values()].map(Math.abs)) > room / 2 - radius) {
    radius -= 0.5;
    at = swarm(values, pixels, radius);
  }
  const pointed = Math.max(radius * 1.8, 5.5);
  const isMarked = (i) => spec.marked.includes(spec.x.categories[i].code);
  const shown = [...at.keys()].sort((a, b) => isMarked(a) - isMarked(b));
  const [plain, strong] = [colours.series[2], colours.series[0]];
  return {
    type: "scatter",
    data: {
      datasets: [
        {
          data: shown.map((i) => ({ x: values[i], y: at.get(i), i })),
          backgroundColor: shown.map((i) => (isMarked(i) ? strong : plain)),
          borderColor: colours.background,
          borderWidth: shown.map((i) => (isMarked(i) ? 2 : 0.5)),
          radius: shown.map((i) => (isMarked(i) ? pointed : radius)),
          hoverRadius: pointed,
          pointStyle: shown.map((i) => (isMarked(i) ? "rectRot" : "circle")),
          clip: false,
        },
      ],
    },
    options: {
      vaxtkraft: { spec, colours, size, labelWidth: 0, names: names(spec) },
      animation: false,
      responsive: false,
      layout: { padding: { top: names(spec).length * size * 1.5 + size * 0.6, right: size, left: size } },
      interaction: { mode: "nearest", intersect: false },
      scales: {
        x: {
          min: spec.y.min,
          max: spec.y.max,
          border: { color: colours.soft },
          grid: { color: colours.grid },
          ticks: {
            color: colours.soft,
            font: { family: FONT, size },
            stepSize: spec.y.step,
            maxRotation: 0,
            callback: (tick) => spec.y.tick_texts[Math.round((tick - spec.y.min) / spec.y.step)] ?? "",
          },
          title: { display: spec.y.label !== "", text: spec.y.label, color: colours.soft, font: { family: FONT, size } },
        },
        y: { display: false, min: -room / 2, max: room / 2 },
      },
      plugins: { legend: { display: false }, tooltip: tooltip(spec, { colours, size }) },
    },
    plugins: [background, half, pointedOut],
  };
}

function tooltip(spec, { colours, size }) {
  return {
    backgroundColor: colours.ink,
    bodyColor: colours.background,
    bodyFont: { family: FONT, size },
    displayColors: false,
    padding: size * 0.7,
    callbacks: { label: ({ raw }) => `${spec.x.categories[raw.i].label}: ${spec.series[0].texts[raw.i]}` },
  };
}

const half = {
  id: "half",
  beforeDatasetsDraw({ ctx, chartArea, scales, options }) {
    const { spec, colours } = options.vaxtkraft;
    if (!spec.quartiles) return;
    const [low, high] = [spec.quartiles.low, spec.quartiles.high].map(({ value }) => scales.x.getPixelForValue(value));
    ctx.save();
    ctx.globalAlpha = 0.55;
    ctx.fillStyle = colours.grid;
    ctx.fillRect(low, chartArea.top, high - low, chartArea.bottom - chartArea.top);
    ctx.restore();
  },
};

const pointedOut = {
  id: "pointedOut",
  afterDatasetsDraw(chart) {
    const { ctx, chartArea, scales, width, options } = chart;
    const { colours, size, names: all } = options.vaxtkraft;
    ctx.save();
    ctx.font = `600 ${size}px ${FONT}`;
    ctx.textBaseline = "middle";
    all.forEach((one, row) => {
      const x = scales.x.getPixelForValue(one.value);
      const y = size * 1.1 + row * size * 1.5;
      const text = `${one.name} ${one.text}`;
      const half = ctx.measureText(text).width / 2;
      const middle = Math.min(Math.max(x, half + 4), width - half - 4);
      const isLine = one.i === undefined;
      const dot = isLine ? null : chart.getDatasetMeta(0).data[chart.data.datasets[0].data.findIndex(({ i }) => i === one.i)];
      ctx.strokeStyle = isLine ? colours.ink : colours.series[0];
      ctx.lineWidth = isLine ? 2 : 1.25;
      ctx.setLineDash(isLine ? [[7, 4], [2, 4], [9, 3, 2, 3]][row % 3] : []);
      ctx.beginPath();
      ctx.moveTo(x, y + size * 0.7);
      ctx.lineTo(x, dot ? dot.y : chartArea.bottom);
      ctx.stroke();
      ctx.fillStyle = colours.background;
      ctx.fillRect(middle - half - 3, y - size * 0.65, half * 2 + 6, size * 1.3);
      ctx.fillStyle = colours.ink;
      ctx.textAlign = "center";
      ctx.fillText(text, middle, y);
    });
    ctx.restore();
  },
};
