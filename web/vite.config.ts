// One entry, one file: `/static/` serves every file under a name with its hash, so none may name another.
import type { InlineConfig, Plugin } from "vite";

/** The scripts of pages: the name of the file that is built, and where it begins. The editor, the largest, comes last. */
export const ENTRIES: Readonly<Record<string, string>> = {
  network: "src/network/main.ts",
  suggest: "src/suggest/main.ts",
  sparql: "src/sparql.ts",
};

/** What a strict Content-Security-Policy forbids in a library: what old browsers needed, other hosts; by its file. */
const FORBIDDEN: Readonly<Record<string, [string, string][]>> = {
  "cytoscape.esm.mjs": [
    ["Function('return this')()", "globalThis"],
    ["document.getElementById(stylesheetId) != null", "true"], // no <style>: network.css says what it would
  ],
  "yasqe.esm.js": [
    ['eval("(" + text + ")")', "undefined"], // JSON.parse is there since 2009
    ['Function("return this")()', "globalThis"],
    ["lov.linkeddata.es/dataset/lov/api/v2/autocomplete/terms", "localhost"], // nobody calls it: it asks another host
    ['"https://dbpedia.org/sparql"', '"/sparql"'],
  ],
};

const strict: Plugin = {
  name: "no-code-from-text",
  transform(code, id) {
    const name = Object.keys(FORBIDDEN).find((each) => id.endsWith(`/${each}`));
    return (FORBIDDEN[name ?? ""] ?? []).reduce<string | null>((text, [old, other]) => {
      const whole = text ?? code;
      if (!whole.includes(old)) throw new Error(`${name} no longer holds ${old}: take this exception out`);
      return whole.replaceAll(old, other);
    }, null);
  },
};

/** How one entry is built; the first empties the folder. */
export function config(name: string, first: boolean): InlineConfig {
  return {
    configFile: false,
    plugins: [strict],
    build: {
      outDir: "../api/pages/static/built",
      emptyOutDir: first,
      target: "es2022",
      assetsInlineLimit: 0, // a `data:` address would break the page's Content-Security-Policy
      modulePreload: false,
      chunkSizeWarningLimit: 700,
      rolldownOptions: {
        input: { [name]: ENTRIES[name] as string },
        output: { entryFileNames: "[name].js", assetFileNames: "[name][extname]", codeSplitting: false },
      },
    },
  };
}
