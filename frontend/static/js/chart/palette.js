// The colours of charts. Eight that stay apart for every kind of colour vision (least distance 0.09 in OKLab, simulated)
// and reach 3:1 against their background; each also has a pattern, a dash and a point of its own, so that grey paper does.
const LIGHT = {
  series: ["#125335", "#ab6509", "#2d97ea", "#430234", "#4b858f", "#a29165", "#45246d", "#555e6b"],
  background: "#fffefc",
  ink: "#1a241f",
  soft: "#4d554e",
  grid: "#e3dac9",
};

const DARK = {
  series: ["#7ad0a0", "#e4780e", "#498cef", "#a65d94", "#b6f2ff", "#ffeba7", "#cfb5fe", "#999886"],
  background: "#1c241f",
  ink: "#f0ece3",
  soft: "#b9bcb2",
  grid: "#3c443e",
};

const DASHES = [[], [9, 4], [2, 4], [12, 4, 2, 4], [5, 3], [16, 5], [2, 2, 8, 2], [1, 6]];
const POINTS = ["circle", "rect", "triangle", "rectRot", "star", "crossRot", "rectRounded", "cross"];
const TILE = 10;

// How the tile of a pattern is drawn, one for each slot; the first is plain.
const PATTERNS = [
  () => {},
  (pen) => stroke(pen, [0, TILE, TILE, 0], [-2, 2, 2, -2], [TILE - 2, TILE + 2, TILE + 2, TILE - 2]),
  (pen) => dot(pen, [2.5, 2.5], [7.5, 7.5]),
  (pen) => stroke(pen, [0, 0, TILE, TILE], [-2, TILE - 2, 2, TILE + 2], [TILE - 2, -2, TILE + 2, 2]),
  (pen) => stroke(pen, [0, TILE / 2, TILE, TILE / 2]),
  (pen) => stroke(pen, [TILE / 2, 0, TILE / 2, TILE]),
  (pen) => stroke(pen, [TILE / 2, 0, TILE / 2, TILE], [0, TILE / 2, TILE, TILE / 2]),
  (pen) => stroke(pen, [0, 0, TILE, TILE], [TILE, 0, 0, TILE]),
];

function stroke(pen, ...lines) {
  pen.lineWidth = 1.5;
  pen.beginPath();
  for (const [x0, y0, x1, y1] of lines) {
    pen.moveTo(x0, y0);
    pen.lineTo(x1, y1);
  }
  pen.stroke();
}

function dot(pen, ...points) {
  for (const [x, y] of points) {
    pen.beginPath();
    pen.arc(x, y, 1.4, 0, 2 * Math.PI);
    pen.fill();
  }
}

function tile(background, mark, draw) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = TILE;
  const pen = canvas.getContext("2d");
  pen.fillStyle = background;
  pen.fillRect(0, 0, TILE, TILE);
  pen.fillStyle = pen.strokeStyle = mark;
  draw(pen);
  return pen.createPattern(canvas, "repeat");
}

export const theme = (dark) => (dark ? DARK : LIGHT);

/** The look of the series with this slot: colour, fill for an area, dash and point for a line. */
export function look(colours, slot) {
  const colour = colours.series[slot];
  return { colour, fill: tile(colour, colours.background, PATTERNS[slot]), dash: DASHES[slot], point: POINTS[slot] };
}

/** The hatching that stands for a figure that is not shown. */
export const hatching = (colours) => tile(colours.background, colours.soft, PATTERNS[1]);
