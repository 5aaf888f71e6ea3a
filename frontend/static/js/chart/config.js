// From a ChartSpec (datasets/charts/spec.py) to what Chart.js draws. No figure is worked out or written here: values are
// drawn as they come, and every text is the specification's own.
import { configureDots, heightForDots } from "./dots.js";
import { FONT } from "./fonts.js";
import { background, barTexts, breaks, events, hidden, lineLabels, stackTexts, wrap } from "./marks.js";
import { look } from "./palette.js";

/** Bars of things that are not times lie down, so that their names can be read. */
export const isLying = (spec) => spec.kind !== "line" && !spec.x.is_time;

/** How high the picture wants to be for this width, in pixels. */
export function heightFor(spec, width, size) {
  if (spec.kind === "dots") return heightForDots(spec, width, size);
  if (!isLying(spec)) return Math.round(Math.max(260, Math.min(width * 0.58, 34 * size)));
  const bar = spec.series.length === 1 || spec.kind === "stacked" ? size * 2.5 : size * 1.9;
  const beside = spec.kind === "stacked" ? 1 : spec.series.length;
  return Math.round(spec.x.categories.length * (beside * bar + size * 1.2) + size * 4);
}

/** Everything Chart.js needs to draw this specification at this width and size of text, in these colours. */
export function configure(spec, { width, size, colours, ctx, height = heightFor(spec, width, size) }) {
  if (spec.kind === "dots") return configureDots(spec, { width, size, colours, ctx, height });
  const stacked = spec.kind === "stacked";
  const lying = isLying(spec);
  const looks = spec.series.map((series) => look(colours, series.slot));
  ctx.font = `${size}px ${FONT}`;
  const labelled = spec.kind === "line" && spec.series.length > 1 && width >= size * 40;
  const labelWidth = labelled ? roomForLabels(spec, ctx, width, size) : 0;
  const nameOf = ({ label }) => (lying ? wrap(ctx, label, width * 0.34, size) : label);
  return {
    type: stacked ? "bar" : spec.has_intervals ? `${spec.kind}WithErrorBars` : spec.kind,
    data: {
      labels: spec.x.categories.map(nameOf),
      datasets: spec.series.map((series, s) => dataset(spec, series, looks[s], { colours, lying, width })),
    },
    options: {
      vaxtkraft: { spec, colours, looks, lying, labelWidth, size },
      animation: false,
      responsive: false,
      indexAxis: lying ? "y" : "x",
      font: { family: FONT, size },
      color: colours.ink,
      layout: { padding: { top: size * 0.8, right: lying && !stacked ? roomForTexts(spec, ctx, width) : labelWidth || size } },
      interaction: { mode: "index", axis: lying ? "y" : "x", intersect: false },
      scales: scales(spec, { colours, size, lying }),
      plugins: { legend: { display: false }, tooltip: tooltip(spec, { colours, size, looks }) },
    },
    plugins: [background, hidden, breaks, events, lineLabels, barTexts, stackTexts],
  };
}

function roomForLabels(spec, ctx, width, size) {
  ctx.font = `600 ${size}px ${FONT}`;
  const widest = Math.max(...spec.series.map((series) => ctx.measureText(series.label).width));
  return Math.min(widest + 24, width * 0.32);
}

function roomForTexts(spec, ctx, width) {
  const shown = spec.series.flatMap((series) => series.texts.filter((_, i) => series.values[i] !== null));
  const widest = Math.max(0, ...shown.map((text) => ctx.measureText(text).width));
  return Math.min(widest + 12, width * 0.25);
}

function dataset(spec, series, { colour, fill, dash, point }, { colours, lying, width }) {
  const intervals = spec.has_intervals && spec.kind !== "stacked";
  const axis = lying ? "x" : "y";
  const cut = new Set(spec.breaks.map(({ place }) => place));
  const data = series.values.map((value, i) => {
    if (!intervals) return value;
    if (value === null) return { [axis]: null };
    const [low, high] = [series.low?.[i] ?? value, series.high?.[i] ?? value];
    const twice = (end) => (spec.kind === "bar" ? [end, end] : end); // the line, and the halo behind it
    return { [axis]: value, [`${axis}Min`]: twice(low), [`${axis}Max`]: twice(high) };
  });
  const common = {
    label: series.label,
    data,
    borderColor: colour,
    ...errorBars(spec.kind === "line" ? colour : colours.ink, spec.kind === "bar" && colours.background),
  };
  if (spec.kind !== "line") {
    return {
      ...common,
      backgroundColor: fill,
      borderWidth: 1,
      barPercentage: 0.86,
      categoryPercentage: 0.82,
      maxBarThickness: 56,
    };
  }
  return {
    ...common,
    backgroundColor: colour,
    borderWidth: 2.5,
    borderDash: dash,
    pointStyle: point,
    pointRadius: Math.max(1.5, Math.min(5, width / spec.x.categories.length / 9)),
    pointBorderWidth: 2,
    spanGaps: false,
    segment: { borderColor: ({ p1DataIndex }) => (cut.has(p1DataIndex) ? "transparent" : undefined) },
  };
}

// An interval; on a bar with a halo behind it, so that it is seen on the fill as well.
function errorBars(colour, halo) {
  return {
    errorBarColor: halo ? { v: [colour, halo] } : colour,
    errorBarWhiskerColor: halo ? { v: [colour, halo] } : colour,
    errorBarLineWidth: { v: [1.75, 5] },
    errorBarWhiskerLineWidth: { v: [1.75, 5] },
    errorBarWhiskerSize: { v: [8, 11] },
    errorBarWhiskerRatio: 0,
  };
}

function scales(spec, { colours, size, lying }) {
  const font = { family: FONT, size };
  const along = {
    border: { color: colours.soft },
    grid: { display: false },
    offset: spec.kind !== "line",
    stacked: spec.kind === "stacked",
    ticks: { color: colours.ink, font, autoSkip: !lying, autoSkipPadding: size, maxRotation: 0 },
    title: { display: !lying && spec.x.label !== "", text: spec.x.label, color: colours.soft, font },
  };
  const value = {
    min: spec.y.min,
    max: spec.y.max,
    stacked: spec.kind === "stacked",
    border: { display: false },
    grid: { color: colours.grid },
    ticks: {
      color: colours.soft,
      font,
      stepSize: spec.y.step,
      maxRotation: 0,
      callback: (tick) => spec.y.tick_texts[Math.round((tick - spec.y.min) / spec.y.step)] ?? "",
    },
    title: { display: spec.y.label !== "", text: spec.y.label, color: colours.soft, font },
  };
  return lying ? { x: value, y: along } : { x: along, y: value };
}

function tooltip(spec, { colours, size, looks }) {
  const written = (series, i) => `${series.label}: ${series.texts[i]}`;
  const reasons = (i) => spec.series.filter((series) => series.values[i] === null).map((series) => written(series, i));
  return {
    backgroundColor: colours.ink,
    titleColor: colours.background,
    bodyColor: colours.background,
    footerColor: colours.background,
    titleFont: { family: FONT, size },
    bodyFont: { family: FONT, size },
    footerFont: { family: FONT, size, weight: "normal" },
    padding: size * 0.7,
    boxPadding: 6,
    callbacks: {
      title: ([item]) => item && spec.x.categories[item.dataIndex].label,
      label: ({ datasetIndex, dataIndex }) => ` ${written(spec.series[datasetIndex], dataIndex)}`,
      labelColor: ({ datasetIndex }) => ({
        backgroundColor: looks[datasetIndex].colour,
        borderColor: colours.background,
      }),
      footer: ([item]) => (item ? reasons(item.dataIndex) : []),
    },
  };
}
