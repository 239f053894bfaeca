// The keyboard within the picture; outside of it no key does anything.

export type Direction = "left" | "right" | "up" | "down";

export type Deed =
  | { do: "go" | "move"; way: Direction }
  | {
      do:
        | "open"
        | "expand"
        | "hide"
        | "pin"
        | "path"
        | "undo"
        | "redo"
        | "fit"
        | "closer"
        | "wider"
        | "arrange"
        | "labels"
        | "layers"
        | "full"
        | "leave";
    };

export type Key = { key: string; altKey?: boolean; ctrlKey?: boolean; metaKey?: boolean; shiftKey?: boolean };

const WAYS: Record<string, Direction> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};

const PLAIN: Record<string, Exclude<Deed, { way: Direction }>["do"]> = {
  Enter: "open",
  " ": "open",
  e: "expand",
  h: "hide",
  Delete: "hide",
  p: "pin",
  d: "path",
  u: "undo",
  r: "redo",
  a: "arrange",
  l: "labels",
  v: "full",
  "0": "fit",
  "+": "closer",
  "=": "closer",
  "-": "wider",
  Escape: "leave",
};

/** What a key means, or null: the browser's own keys stay what they are. */
export function deed(pressed: Key): Deed | null {
  const { key, altKey, ctrlKey, metaKey, shiftKey } = pressed;
  if (ctrlKey || metaKey) {
    if (key.toLowerCase() === "z") return { do: shiftKey ? "redo" : "undo" };
    return key.toLowerCase() === "y" ? { do: "redo" } : null;
  }
  const way = Object.hasOwn(WAYS, key) ? WAYS[key] : undefined;
  if (way) return { do: altKey ? "move" : "go", way };
  if (altKey) return null;
  const name = key.length === 1 ? key.toLowerCase() : key;
  const found = Object.hasOwn(PLAIN, name) ? PLAIN[name] : undefined;
  return found ? { do: found } : null;
}
