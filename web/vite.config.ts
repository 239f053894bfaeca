// One entry, one file: `/static/` serves every file under a name with its hash, so none may name another.
import { defineConfig, type Plugin } from "vite";

/** What a strict Content-Security-Policy forbids in the editor's library: what old browsers needed, other hosts. */
const FORBIDDEN: [string, string][] = [
  ['eval("(" + text + ")")', "undefined"], // JSON.parse is there since 2009
  ['Function("return this")()', "globalThis"],
  ["lov.linkeddata.es/dataset/lov/api/v2/autocomplete/terms", "localhost"], // nobody calls it: it asks another host
  ['"https://dbpedia.org/sparql"', '"/sparql"'],
];

const strict: Plugin = {
  name: "no-code-from-text",
  transform(code, id) {
    if (!id.endsWith("yasqe.esm.js")) return null;
    return FORBIDDEN.reduce((text, [old, other]) => {
      if (!text.includes(old)) throw new Error(`Yasqe no longer holds ${old}: take this exception out`);
      return text.replaceAll(old, other);
    }, code);
  },
};

export default defineConfig({
  plugins: [strict],
  build: {
    outDir: "../api/pages/static/built",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0, // a `data:` address would break the page's Content-Security-Policy
    modulePreload: false,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      input: { sparql: "src/sparql.ts" },
      output: { entryFileNames: "[name].js", assetFileNames: "[name][extname]", codeSplitting: false },
    },
  },
});
