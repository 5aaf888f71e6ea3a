// What Chart.js does not draw: hatched marks where a figure is not shown, labels beside lines, figures beside bars.
import { hatching } from "./palette.js";

const HATCHED = new Set(["suppressed", "confidential"]);
const MARK = 16;

export const background = {
  id: "background",
  beforeDraw({ ctx, width, height, options }) {
    ctx.save();
    ctx.fillStyle = options.vaxtkraft.colours.background;
    ctx.fillRect(0, 0, width, height);
    ctx.restore();
  },
};

/** A hatched mark on the baseline for each figure that is not shown, so that a gap is never taken for a zero. */
export const hidden = {
  id: "hidden",
  afterDatasetsDraw(chart) {
    const { spec, colours, lying } = chart.options.vaxtkraft;
    const { ctx, scales } = chart;
    const value = lying ? scales.x : scales.y;
    const base = value.getPixelForValue(Math.max(spec.y.min, Math.min(0, spec.y.max)));
    ctx.save();
    ctx.fillStyle = hatching(colours);
    ctx.strokeStyle = colours.soft;
    const places = { bar: besideBars, line: underLines, stacked: () => [] }[spec.kind](chart);
    for (const [middle, thick] of places) {
      const box = lying
        ? [base, middle - thick / 2, MARK * 1.5, thick]
        : [middle - thick / 2, base - MARK, thick, MARK];
      ctx.fillRect(...box);
      ctx.strokeRect(...box);
    }
    ctx.restore();
  },
};

// In place of the bar that is not drawn: its middle and how thick it would have been.
function besideBars(chart) {
  const { spec, lying } = chart.options.vaxtkraft;
  return spec.series.flatMap((series, s) =>
    chart.getDatasetMeta(s).data.flatMap((bar, i) => {
      if (!HATCHED.has(series.statuses[i])) return [];
      return [lying ? [bar.y, bar.height || MARK] : [bar.x, bar.width || MARK]];
    }),
  );
}

// One for each step at which any line has a figure that is not shown; the words below and the table say which.
function underLines(chart) {
  const { spec } = chart.options.vaxtkraft;
  const { x } = chart.scales;
  const thick = Math.min(MARK, (x.width / spec.x.categories.length) * 0.7);
  return spec.x.categories.flatMap((_, i) =>
    spec.series.some((series) => HATCHED.has(series.statuses[i])) ? [[x.getPixelForValue(i), thick]] : [],
  );
}

/** A dashed line where figures begin to be counted in another way. */
export const breaks = {
  id: "breaks",
  afterDatasetsDraw(chart) {
    const { spec, colours, lying } = chart.options.vaxtkraft;
    if (lying) return;
    const { ctx, chartArea, scales } = chart;
    ctx.save();
    ctx.strokeStyle = colours.soft;
    ctx.setLineDash([3, 5]);
    for (const { place } of spec.breaks) {
      const x = (scales.x.getPixelForValue(place - 1) + scales.x.getPixelForValue(place)) / 2;
      ctx.beginPath();
      ctx.moveTo(x, chartArea.top);
      ctx.lineTo(x, chartArea.bottom);
      ctx.stroke();
    }
    ctx.restore();
  },
};

/** A whole line where something else happened, such as the start of an activity; the words stand below the chart. */
export const events = {
  id: "events",
  afterDatasetsDraw(chart) {
    const { spec, colours, lying } = chart.options.vaxtkraft;
    if (lying) return;
    const { ctx, chartArea, scales } = chart;
    ctx.save();
    ctx.strokeStyle = colours.ink;
    ctx.fillStyle = colours.ink;
    ctx.lineWidth = 2;
    for (const { place } of spec.marks ?? []) {
      const x = scales.x.getPixelForValue(place);
      ctx.beginPath();
      ctx.moveTo(x, chartArea.top);
      ctx.lineTo(x, chartArea.bottom);
      ctx.stroke();
      ctx.beginPath();
      ctx.moveTo(x, chartArea.top - 1);
      ctx.lineTo(x + 12, chartArea.top + 6);
      ctx.lineTo(x, chartArea.top + 13);
      ctx.fill();
    }
    ctx.restore();
  },
};

/** The figure in each part of a stack that has room for it, on a ground of its own: a pattern lies under it. */
export const stackTexts = {
  id: "stackTexts",
  afterDatasetsDraw(chart) {
    const { spec, lying, size, colours } = chart.options.vaxtkraft;
    if (spec.kind !== "stacked") return;
    const { ctx } = chart;
    ctx.save();
    ctx.font = `${size}px ${chart.options.font.family}`;
    ctx.textBaseline = "middle";
    ctx.textAlign = "center";
    spec.series.forEach((series, s) => {
      chart.getDatasetMeta(s).data.forEach((bar, i) => {
        if (series.values[i] === null) return;
        const wide = ctx.measureText(series.texts[i]).width + 8;
        const [along, thick] = lying ? [Math.abs(bar.x - bar.base), bar.height] : [bar.width, Math.abs(bar.y - bar.base)];
        if (along < wide || thick < size * 1.3) return;
        const [x, y] = lying ? [(bar.x + bar.base) / 2, bar.y] : [bar.x, (bar.y + bar.base) / 2];
        ctx.fillStyle = colours.background;
        ctx.fillRect(x - wide / 2, y - size * 0.65, wide, size * 1.3);
        ctx.fillStyle = colours.ink;
        ctx.fillText(series.texts[i], x, y);
      });
    });
    ctx.restore();
  },
};

/** The name of each line at its end, kept from running into one another. */
export const lineLabels = {
  id: "lineLabels",
  afterDatasetsDraw(chart) {
    const { spec, looks, labelWidth, size, colours } = chart.options.vaxtkraft;
    if (!labelWidth) return;
    const { ctx, chartArea } = chart;
    const labels = spec.series.map((series, s) => {
      const last = series.values.findLastIndex((value) => value !== null);
      const point = chart.getDatasetMeta(s).data[last];
      const text = wrap(ctx, series.label, labelWidth - 18, size, 600);
      return point && { y: point.y, from: point, text, colour: looks[s].colour };
    });
    ctx.save();
    ctx.font = `600 ${size}px ${chart.options.font.family}`;
    ctx.textBaseline = "middle";
    for (const label of apart(labels.filter(Boolean), size * 1.2, chartArea)) {
      const x = chartArea.right + 14;
      ctx.strokeStyle = label.colour;
      ctx.beginPath();
      ctx.moveTo(label.from.x + 6, label.from.y);
      ctx.lineTo(x - 3, label.y);
      ctx.stroke();
      ctx.fillStyle = colours.ink;
      label.text.forEach((line, n) => ctx.fillText(line, x, label.y + (n - (label.text.length - 1) / 2) * size * 1.2));
    }
    ctx.restore();
  },
};

function apart(labels, line, area) {
  labels.sort((a, b) => a.y - b.y);
  let free = area.top;
  for (const label of labels) {
    const half = (label.text.length * line) / 2;
    label.y = Math.max(label.y, free + half);
    free = label.y + half;
  }
  let floor = area.bottom + line;
  for (const label of [...labels].reverse()) {
    const half = (label.text.length * line) / 2;
    label.y = Math.min(label.y, floor - half);
    floor = label.y - half;
  }
  return labels;
}

/** The figure in words at the end of each bar, and the reason at each hatched mark, where there is room. */
export const barTexts = {
  id: "barTexts",
  afterDatasetsDraw(chart) {
    const { spec, lying, size, colours } = chart.options.vaxtkraft;
    if (spec.kind !== "bar") return;
    const { ctx, scales } = chart;
    ctx.save();
    ctx.font = `${size}px ${chart.options.font.family}`;
    ctx.fillStyle = colours.ink;
    ctx.textBaseline = lying ? "middle" : "bottom";
    ctx.textAlign = lying ? "start" : "center";
    spec.series.forEach((series, s) => {
      chart.getDatasetMeta(s).data.forEach((bar, i) => {
        const value = series.values[i];
        const text = series.texts[i];
        if (lying && bar.height >= size * 0.8) {
          const end = value === null ? scales.x.left + MARK * 1.5 : scales.x.getPixelForValue(series.high?.[i] ?? value);
          ctx.fillText(text, end + 6, bar.y);
        } else if (!lying && value !== null && ctx.measureText(text).width < bar.width + 4) {
          ctx.fillText(text, bar.x, scales.y.getPixelForValue(series.high?.[i] ?? value) - 4);
        }
      });
    });
    ctx.restore();
  },
};

/** A text in lines no wider than so many pixels; a word that is wider stands alone. */
export function wrap(ctx, text, width, size, weight = 400) {
  ctx.save();
  ctx.font = ctx.font.replace(/^.*?px/, `${weight} ${size}px`);
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
    if (lines.at(-1) && ctx.measureText(longer).width > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  ctx.restore();
  return lines;
}
