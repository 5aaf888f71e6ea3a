// The names of the series with the look of each: a list above the picture, where they can't stand in it.
import { look } from "./palette.js";

/** The swatch of a series, 34 by 18 pixels, where the pen stands. */
function drawSwatch(pen, spec, series, colours) {
  const { colour, fill, dash, point } = look(colours, series.slot);
  pen.strokeStyle = colour;
  if (spec.kind !== "line") {
    pen.fillStyle = fill;
    pen.fillRect(0.5, 0.5, 33, 17);
    pen.strokeRect(0.5, 0.5, 33, 17);
    return;
  }
  pen.lineWidth = 2.5;
  pen.setLineDash(dash);
  pen.beginPath();
  pen.moveTo(0, 9);
  pen.lineTo(34, 9);
  pen.stroke();
  pen.setLineDash([]);
  pen.fillStyle = colour;
  Chart.helpers.drawPoint(pen, { pointStyle: point, radius: 5, borderWidth: 2 }, 17, 9);
}

/** Fills a list with one entry for each series. */
export function fillLegend(list, spec, colours) {
  list.replaceChildren(
    ...spec.series.map((series) => {
      const item = document.createElement("li");
      const swatch = document.createElement("canvas");
      swatch.width = 68;
      swatch.height = 36;
      swatch.className = "chart__swatch";
      const pen = swatch.getContext("2d");
      pen.scale(2, 2);
      drawSwatch(pen, spec, series, colours);
      item.append(swatch, series.label);
      return item;
    }),
  );
}
