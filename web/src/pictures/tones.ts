// What kind a thing is, and the colour of its kind on light ground.

export const LIGHT = {
  company: "#0067a3",
  person: "#9a4a78",
  market: "#00735a",
  mission: "#8a6100",
  other: "#88919e",
};

export type Tone = keyof typeof LIGHT;

/** The kind of a thing by its IRI; none where it is a relation, a source or somebody else's. */
export function toneOf(iri: string): Tone | undefined {
  return TONES.find(([pattern]) => pattern.test(iri))?.[1];
}

const TONES: readonly [RegExp, Tone][] = [
  [/\/id\/(?:organization|branch|site)\//, "company"],
  [/\/id\/person\//, "person"],
  [/\/authority\/country\/|\/id\/(?:market|region)\//, "market"],
  [/\/id\/mission\//, "mission"],
];
