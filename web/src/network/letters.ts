// Letters that the page's own fonts lack, for files: fetched from this server, only those that occur.

import { ask } from "./data.ts";

/** A font of a few letters: its name, and its bytes in base64. */
export type Part = { name: string; data: string };

/** Letters of one question to the server. */
const MOST = 180;

/** The letters of some words beyond those of European languages, each once, in pieces that one address holds. */
export function foreign(words: Iterable<string>): string[] {
  const found = new Set<string>();
  for (const word of words)
    for (const letter of word) if ((letter.codePointAt(0) ?? 0) > 0x17f) found.add(letter);
  const all = [...found].filter((letter) => !/\p{C}|\p{Z}/u.test(letter)).sort();
  const pieces: string[] = [];
  for (let first = 0; first < all.length; first += MOST) pieces.push(all.slice(first, first + MOST).join(""));
  return pieces;
}

const known = new Map<string, Part[]>();

/** The fonts that some words need, ready to be drawn with. What cannot be had is done without. */
export async function letters(words: Iterable<string>): Promise<Part[]> {
  const made: Part[] = [];
  for (const text of foreign(words)) {
    try {
      const parts = known.get(text) ?? (await loaded(text));
      known.set(text, parts);
      made.push(...parts);
    } catch {
      // fonts of the reader's machine have to do
    }
  }
  return made;
}

let number = 0;

async function loaded(text: string): Promise<Part[]> {
  const told = await ask<{ fonts: string[] }>(`/network/letters.json?${new URLSearchParams({ text })}`);
  return Promise.all(
    told.fonts.map(async (data) => {
      number += 1;
      const name = `Verre letters ${number}`;
      const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
      document.fonts.add(await new FontFace(name, bytes).load());
      return { name, data };
    }),
  );
}

/** A list of families with these in it: after the page's own, before whatever the machine has. */
export function families(font: string, parts: readonly Part[]): string {
  const [first, ...rest] = font.split(",").map((each) => each.trim());
  return [first, ...parts.map(({ name }) => `"${name}"`), ...rest].join(", ");
}
