// The picture as a file: PNG for print, SVG with real text, each with its title, its signs and its sources.

import { sources } from "./data.ts";
import { families, letters } from "./letters.ts";
import { type Drawn, HALVES, type Kind, kindOf, LIGHT, SHAPES } from "./looks.ts";
import { painted, scale } from "./paint.ts";
import type { Picture } from "./picture.ts";
import { withDots } from "./png.ts";
import { type Caption, type KeyLine, mark, type Piece, type Scene, scene, shape } from "./scene.ts";
import { svg } from "./svg.ts";
import { font, measurer } from "./theme.ts";
import type { Words } from "./words.ts";

const SHOWN = 6;
const MARKS = ["targets", "entering", "active", "leading", "withdrawn"];

function sign(kind: Kind): Piece {
  const shaped = SHAPES[kind];
  const half = shaped === "hexagon" ? ([11, 7] as const) : HALVES[shaped];
  const look: Drawn = { kind, shape: shaped, lines: [], bold: false, half, box: half };
  return shape(look, [0, 0], LIGHT);
}

function stroke(name: string): Piece[] {
  const plain = { is: "line", from: [-11, 0], to: [11, 0], stroke: LIGHT.line } as const;
  if (name === "double")
    return [
      { ...plain, width: 4.6 },
      { ...plain, stroke: LIGHT.ground, width: 1.8 },
    ];
  if (name === "dotted") return [{ ...plain, stroke: LIGHT.muted, width: 1.8, dash: [2, 3.6] }];
  return [{ ...plain, width: 1.6, ...(name === "broken" ? { dash: [7, 4] } : {}) }];
}

/** What the signs mean that are in the picture. */
function key(picture: Picture, words: Words): KeyLine[] {
  const kinds = new Set(picture.things.map((thing) => kindOf(thing.kind)));
  const strokes = new Set(picture.links.map((link) => (link.over ? "broken" : link.stroke)));
  const marks = new Set(picture.links.map((link) => link.mark));
  return [
    ...(Object.keys(SHAPES) as Kind[])
      .filter((kind) => kinds.has(kind))
      .map((kind) => ({ sign: [sign(kind)], text: words.t(`kind.${kind}`) })),
    ...(["double", "solid", "dotted", "broken"] as const)
      .filter((name) => strokes.has(name))
      .map((name) => ({ sign: stroke(name), text: words.t(`line.${name}`) })),
    ...MARKS.filter((status) => marks.has(status)).map((status) => ({
      sign: mark(status, [0, 0], LIGHT),
      text: words.t(`status.${status}`),
    })),
  ];
}

function caption(picture: Picture, words: Words, told: string): Caption {
  const start = picture.starts.map((id) => picture.thing(id)?.label ?? "").filter(Boolean);
  const list = new Intl.ListFormat(words.lang, { type: "conjunction" }).format(start);
  const found = sources(picture.links.flatMap((link) => link.ties));
  const named = found.map((each) =>
    [each.publisher || each.title || each.id, each.date ? `(${each.date})` : ""].filter(Boolean).join(" "),
  );
  const rest = named.length > SHOWN ? [words.t("others", { n: named.length - SHOWN })] : [];
  const who = named.length ? `${words.t("sources")} ${[...named.slice(0, SHOWN), ...rest].join("; ")}.` : "";
  return { title: words.t("title", { name: list }), told, key: key(picture, words), sources: who };
}

/** The picture as it stands, in the colours of paper. `told` says how large it is and for which day. */
export function composed(picture: Picture, words: Words, told: string, family = font()): Scene {
  return scene(picture.drawing(), picture.links, caption(picture, words, told), LIGHT, measurer(family));
}

/** The picture with the fonts that its words need. */
async function lettered(picture: Picture, words: Words, told: string) {
  const parts = await letters(texts(composed(picture, words, told)));
  const family = families(font(), parts);
  return { whole: composed(picture, words, told, family), family, parts };
}

function texts(whole: Scene): string[] {
  return whole.pieces.flatMap((piece) => (piece.is === "text" ? [piece.text] : []));
}

/** What the file is called: after where the network begins. */
export function fileName(picture: Picture, ending: string): string {
  const label = picture.thing(picture.starts[0] ?? "")?.label ?? "";
  const plain = label
    .normalize("NFKD")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/\p{M}/gu, "");
  return `verre-${
    plain
      .slice(0, 60)
      .replace(/^-+|-+$/g, "")
      .toLowerCase() || "network"
  }.${ending}`;
}

function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Saves the picture as SVG; its name. */
export async function saveSvg(picture: Picture, words: Words, told: string): Promise<string> {
  const name = fileName(picture, "svg");
  const { whole, family, parts } = await lettered(picture, words, told);
  save(new Blob([svg(whole, family, words.lang, parts)], { type: "image/svg+xml" }), name);
  return name;
}

/** Saves the picture as PNG, as sharp as print wants it; its name. */
export async function savePng(picture: Picture, words: Words, told: string): Promise<string> {
  await document.fonts.ready;
  const { whole, family } = await lettered(picture, words, told);
  const canvas = painted(whole, family);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
  if (!blob) throw new Error(`${Math.round(whole.width * scale(whole))} px`);
  const bytes = withDots(new Uint8Array(await blob.arrayBuffer()), 300);
  const name = fileName(picture, "png");
  save(new Blob([bytes], { type: "image/png" }), name);
  return name;
}

/** The picture as an element: what a printer gets in the place of the canvas. */
export function element(picture: Picture, words: Words, told: string): Element {
  const text = svg(composed(picture, words, told), font(), words.lang);
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  parsed.setAttribute("class", "net-print");
  return document.importNode(parsed, true);
}
