// Words in the picture: where they break, and what may not stand in XML at all.

/** How wide a text is set, in units of the picture. */
export type Measure = (text: string, size: number, bold?: boolean) => number;

export const SIZE = 14;
export const SMALL = 12;
export const LEADING = 17;

// Control characters and lone halves of letters have no place in XML.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g;

/** The text without what XML forbids. */
export function printable(text: string): string {
  return text.toWellFormed().replace(FORBIDDEN, "");
}

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Letters as people see them: an accent stays with its letter. */
export function letters(text: string): string[] {
  return [...graphemes.segment(text)].map((each) => each.segment);
}

function pieces(word: string, fits: (text: string) => boolean): string[] {
  if (fits(word)) return [word];
  const found = [""];
  for (const letter of letters(word)) {
    const last = found.length - 1;
    if (found[last] && !fits(found[last] + letter)) found.push(letter);
    else found[last] += letter;
  }
  return found;
}

/** The text in at most `most` lines that fit; what does not fit ends in `…`. */
export function lines(text: string, fits: (text: string) => boolean, most = 3): string[] {
  const words = printable(text).split(/\s+/).filter(Boolean);
  const found: string[] = [];
  for (const piece of words.slice(0, 60).flatMap((word) => pieces(word.slice(0, 400), fits))) {
    const longer = `${found.at(-1)} ${piece}`;
    if (found.length && fits(longer)) found[found.length - 1] = longer;
    else found.push(piece);
  }
  if (found.length <= most) return found.length ? found : ["·"];
  const kept = found.slice(0, most);
  const last = letters(kept[most - 1] as string);
  while (last.length > 1 && !fits(`${last.join("")}…`)) last.pop();
  kept[most - 1] = `${last.join("").trimEnd()}…`;
  return kept;
}
