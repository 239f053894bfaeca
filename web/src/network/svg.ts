// A scene as SVG 1.1 with real text: one file that needs no script, style sheet or font from elsewhere.

import { printable } from "./lettering.ts";
import type { Part } from "./letters.ts";
import type { Piece, Scene } from "./scene.ts";

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function text(raw: string): string {
  return printable(raw).replace(/[&<>"']/g, (letter) => ENTITIES[letter] as string);
}

function number(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function element(
  name: string,
  attributes: Record<string, string | number | undefined>,
  inner?: string,
): string {
  const named = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === "number" ? number(value) : text(String(value))}"`);
  return inner === undefined ? `<${name}${named.join("")}/>` : `<${name}${named.join("")}>${inner}</${name}>`;
}

function ink(piece: Exclude<Piece, { is: "text" }>): Record<string, string | number | undefined> {
  return {
    fill: piece.fill ?? "none",
    stroke: piece.stroke,
    "stroke-width": piece.stroke === undefined ? undefined : (piece.width ?? 1),
    "stroke-dasharray": piece.dash?.join(" "),
  };
}

function drawn(piece: Piece): string {
  if (piece.is === "line") {
    const [[x1, y1], [x2, y2]] = [piece.from, piece.to];
    return element("line", { x1, y1, x2, y2, ...ink(piece) });
  }
  if (piece.is === "circle") {
    return element("circle", { cx: piece.at[0], cy: piece.at[1], r: piece.radius, ...ink(piece) });
  }
  if (piece.is === "box") {
    const [[x, y], [width, height]] = [piece.at, piece.size];
    return element("rect", { x, y, width, height, rx: piece.round, ...ink(piece) });
  }
  if (piece.is === "polygon") {
    const points = piece.points.map(([x, y]) => `${number(x)},${number(y)}`).join(" ");
    return element("polygon", { points, "stroke-linejoin": "round", ...ink(piece) });
  }
  const halo = piece.halo && {
    stroke: piece.halo,
    "stroke-width": 4,
    "stroke-linejoin": "round",
    "paint-order": "stroke",
  };
  const attributes = {
    x: piece.at[0],
    y: piece.at[1],
    "font-size": piece.size,
    "font-weight": piece.bold ? 700 : undefined,
    "text-anchor": piece.anchor === "middle" ? "middle" : undefined,
    fill: piece.fill,
    // Another font is set as wide as this one, so that no word comes to lie on another.
    textLength: piece.length > 0 ? piece.length : undefined,
    lengthAdjust: piece.length > 0 ? "spacingAndGlyphs" : undefined,
    ...(halo || {}),
  };
  return element("text", attributes, text(piece.text));
}

/** The fonts within the file, so that each name has its letters wherever it is opened. */
function carried(parts: readonly Part[]): string {
  const rules = parts.map(
    ({ name, data }) =>
      `@font-face{font-family:"${name}";src:url(data:font/woff2;base64,${data}) format("woff2")}`,
  );
  return rules.length ? element("style", {}, rules.join("")) : "";
}

/** The whole file; `font` is the list of families of the page, `parts` are fonts that the file carries. */
export function svg(scene: Scene, font: string, lang: string, parts: readonly Part[] = []): string {
  const { width, height } = scene;
  const inner = [
    element("title", {}, text(scene.title)),
    carried(parts),
    element("rect", { width, height, fill: scene.ground }),
    ...scene.pieces.map(drawn),
  ]
    .filter(Boolean)
    .join("\n");
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg",
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: "img",
    "aria-label": scene.title,
    "font-family": font,
    "xml:lang": lang,
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element("svg", attributes, `\n${inner}\n`)}\n`;
}
