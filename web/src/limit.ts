// A query that asks for less: what an answer that was cut offers beside its words.

/** Words after which a LIMIT would not shorten the work, or would change what is counted. */
const WHOLE = /\b(?:limit|count|sum|avg|min|max|sample|group_concat|group|having|ask|describe)\b/i;

/** The query with a limit at its end; nothing where it has one, or where one would not help. */
export function limited(query: string, most = 100): string {
  const bare = query
    .replace(/<[^<>"{}|^`\\\s]*>/g, "<>") // names may hold any word
    .replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '""')
    .replace(/#.*$/gm, "");
  if (WHOLE.test(bare) || /\}\s*(?:offset|values)\b/i.test(bare)) return "";
  return `${query.trimEnd()}\nLIMIT ${most}\n`;
}
