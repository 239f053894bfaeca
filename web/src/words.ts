// Texts of the catalogues, which the page hands over; `{gaps}` are filled here.

/** A text with its gaps filled; its key where the page gave none. */
export function fill(
  words: Readonly<Record<string, string>>,
  key: string,
  gaps: Record<string, string> = {},
): string {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => gaps[name] ?? whole);
}
