// Colours and letters of the page, for canvases, which know no style sheets.

import type { Measure } from "./lettering.ts";
import { LIGHT, type Theme } from "./looks.ts";

/** The tokens of the theme that the reader sees; the light ones where a token is not known. */
export function theme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const named = Object.entries(LIGHT).map(([name, light]) => [
    name,
    style.getPropertyValue(`--${name}`).trim() || light,
  ]);
  return Object.fromEntries(named) as Theme;
}

/** The families of letters of the page. */
export function font(): string {
  return getComputedStyle(document.body).fontFamily;
}

/** Measures words as they will be set; what was measured once is kept. */
export function measurer(family = font()): Measure {
  const pen = document.createElement("canvas").getContext("2d") as CanvasRenderingContext2D;
  const known = new Map<string, number>();
  return (text, size, bold = false) => {
    const key = `${size} ${bold} ${text}`;
    let width = known.get(key);
    if (width === undefined) {
      pen.font = `${bold ? "700 " : ""}${size}px ${family}`;
      width = pen.measureText(text).width;
      known.set(key, width);
    }
    return width;
  };
}
