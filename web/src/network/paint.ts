// A scene on a canvas, at any size: for paper.

import type { Piece, Scene } from "./scene.ts";

/** Pixels on the long side of A4 at 300 to the inch. */
export const A4 = 3508;
/** The most that browsers draw on one canvas, each way. */
const MOST = 12_000;

/** How many pixels a unit of a scene gets, so that it is sharp on paper. */
export function scale(scene: Scene): number {
  const long = Math.max(scene.width, scene.height);
  return Math.min(Math.max(2, A4 / long), MOST / long);
}

type Pen = CanvasRenderingContext2D;

function trace(pen: Pen, piece: Exclude<Piece, { is: "text" }>): void {
  pen.beginPath();
  if (piece.is === "line") {
    pen.moveTo(...piece.from);
    pen.lineTo(...piece.to);
  } else if (piece.is === "circle") pen.arc(piece.at[0], piece.at[1], piece.radius, 0, 2 * Math.PI);
  else if (piece.is === "box") pen.roundRect(...piece.at, ...piece.size, piece.round);
  else {
    for (const point of piece.points) pen.lineTo(...point);
    pen.closePath();
  }
}

/** Draws a piece. */
export function paint(pen: Pen, piece: Piece, font: string): void {
  if (piece.is === "text") {
    pen.font = `${piece.bold ? "700 " : ""}${piece.size}px ${font}`;
    pen.textAlign = piece.anchor === "middle" ? "center" : "left";
    pen.textBaseline = "alphabetic";
    if (piece.halo) {
      Object.assign(pen, { strokeStyle: piece.halo, lineWidth: 4, lineJoin: "round" });
      pen.setLineDash([]);
      pen.strokeText(piece.text, ...piece.at);
    }
    pen.fillStyle = piece.fill;
    pen.fillText(piece.text, ...piece.at);
    return;
  }
  trace(pen, piece);
  if (piece.fill) {
    pen.fillStyle = piece.fill;
    pen.fill();
  }
  if (piece.stroke) {
    Object.assign(pen, { strokeStyle: piece.stroke, lineWidth: piece.width ?? 1, lineJoin: "round" });
    pen.setLineDash([...(piece.dash ?? [])]);
    pen.stroke();
  }
}

/** The whole scene on a canvas of its own. */
export function painted(scene: Scene, font: string): HTMLCanvasElement {
  const by = scale(scene);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(scene.width * by);
  canvas.height = Math.round(scene.height * by);
  const pen = canvas.getContext("2d") as Pen;
  pen.scale(by, by);
  pen.fillStyle = scene.ground;
  pen.fillRect(0, 0, scene.width, scene.height);
  for (const piece of scene.pieces) paint(pen, piece, font);
  return canvas;
}
