// What Cytoscape is told of looks: the same shapes, colours and lines as in the files.

import type { StylesheetJson } from "cytoscape";
import { type Kind, SHAPES, type Theme, tone } from "./looks.ts";

const CYTOSCAPE: Record<(typeof SHAPES)[Kind], string> = {
  circle: "ellipse",
  small: "ellipse",
  square: "round-rectangle",
  diamond: "diamond",
  hexagon: "polygon", // its corners are its own: a name is wide and low
  triangle: "triangle",
  star: "star",
  pentagon: "pentagon",
};

export type Wish = {
  /** Every word, however small it comes out: for a slide. */
  labels: boolean;
  /** Many things, which are drawn by crowd.ts. */
  crowd: boolean;
  font: string;
};

/** Type sizes on the screen below which words are left out. */
const READABLE = 7;

function kinds(theme: Theme): StylesheetJson {
  return (Object.keys(SHAPES) as Kind[]).map((kind) => {
    const hollow = SHAPES[kind] === "hexagon";
    return {
      selector: `node[kind = "${kind}"]`,
      style: {
        shape: CYTOSCAPE[SHAPES[kind]],
        "background-color": hollow ? theme.ground : tone(theme, kind),
        "border-width": hollow ? 2 : 0,
        "border-color": tone(theme, kind),
        "text-valign": hollow ? "center" : "bottom",
        "text-margin-y": hollow ? 0 : 4,
        ...(hollow ? { "shape-polygon-points": "data(corners)", "text-outline-width": 0 } : {}),
      },
    };
  }) as StylesheetJson;
}

function hitting(): StylesheetJson {
  return [
    { selector: "node", style: { width: "data(width)", height: "data(height)", opacity: 0 } },
    {
      selector: "edge",
      style: { "curve-style": "haystack", "haystack-radius": 0, opacity: 0, events: "no" },
    },
  ] as StylesheetJson;
}

/** The style sheet of a theme. */
export function styles(theme: Theme, wish: Wish): StylesheetJson {
  // Of a crowd Cytoscape draws nothing: it finds what is pointed at, and crowd.ts draws.
  if (wish.crowd) return hitting();
  const small = wish.labels ? 0 : READABLE;
  const base = [
    {
      selector: "node",
      style: {
        width: "data(width)",
        height: "data(height)",
        label: "data(label)",
        "font-family": wish.font,
        "font-size": 14,
        "line-height": 1.2,
        color: theme.ink,
        "text-wrap": "wrap",
        "text-max-width": 1000,
        "min-zoomed-font-size": small,
        "text-outline-color": theme.ground,
        "text-outline-width": 3,
        "overlay-opacity": 0,
      },
    },
    { selector: "node[?start]", style: { "font-weight": 700 } },
    { selector: "node[?pinned]", style: { "border-width": 3, "border-color": theme.ink } },
    {
      selector: "edge",
      style: {
        width: 1.6,
        "curve-style": "straight",
        "line-color": theme.line,
        "font-family": wish.font,
        "font-size": 11,
        color: theme.muted,
        "text-background-color": theme.ground,
        "text-background-opacity": 0.9,
        "text-background-padding": 2,
        "min-zoomed-font-size": wish.labels ? 0 : READABLE + 2,
        "overlay-opacity": 0,
      },
    },
    { selector: "edge[?word]", style: { label: "data(word)" } },
    {
      selector: 'edge[stroke = "double"]',
      style: {
        width: 1.8,
        "line-color": theme.ground,
        "line-outline-width": 1.5,
        "line-outline-color": theme.line,
      },
    },
    {
      selector: 'edge[stroke = "dotted"]',
      style: { width: 2, "line-style": "dashed", "line-dash-pattern": [2, 3.6], "line-color": theme.muted },
    },
    { selector: "edge[?over]", style: { "line-style": "dashed", "line-dash-pattern": [7, 4] } },
    { selector: "edge[?faint]", style: { opacity: 0.55 } },
    { selector: "edge[?way]", style: { width: 4.5, "line-color": theme.accent, opacity: 1 } },
    {
      selector: "node[?way]",
      style: { "outline-width": 2, "outline-color": theme.accent, "outline-offset": 3 },
    },
    {
      selector: "node:selected",
      style: { "outline-width": 4, "outline-color": theme.accent, "outline-offset": 3 },
    },
  ];
  return [base[0], ...kinds(theme), ...base.slice(1)] as StylesheetJson;
}
