import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { ask, Failed, failure, MOST_BYTES, read } from "./answer.ts";

const JSON_TYPE = "application/sparql-results+json";
const genuine = globalThis.fetch;

afterEach(() => {
  globalThis.fetch = genuine;
});

function answering(response: Response | Error): void {
  globalThis.fetch = async () => {
    if (response instanceof Error) throw response;
    return response;
  };
}

function asking(): ReturnType<typeof ask> {
  return ask(new URLSearchParams({ query: "ASK {}" }), new AbortController().signal);
}

async function kindOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof Failed, String(error));
  return error.kind;
}

test("a failure is told by its status, with the words and the setting of the problem document", () => {
  const problem = { title: "Query stopped", detail: "stopped after 2 s", setting: "VERRE_QUERY_TIMEOUT" };
  const failed = failure(504, JSON.stringify(problem));
  assert.deepEqual(
    [failed.kind, failed.detail, failed.setting],
    ["cut", "stopped after 2 s", "VERRE_QUERY_TIMEOUT"],
  );
});

for (const [status, kind] of [
  [400, "refused"],
  [429, "busy"],
  [503, "busy"],
  [507, "large"],
  [500, "other"],
] as const) {
  test(`status ${status} is ${kind}, also where a proxy answers in HTML`, () => {
    const failed = failure(status, "<html>");
    assert.deepEqual([failed.kind, failed.detail], [kind, `HTTP ${status}`]);
  });
}

test("issues are told with the detail", () => {
  const failed = failure(
    400,
    JSON.stringify({ detail: "No.", issues: [{ detail: "a" }, {}, { detail: "b" }] }),
  );
  assert.equal(failed.detail, "No. · a · b");
});

test("a table, a truth and triples are told apart", () => {
  const table = JSON.stringify({ head: { vars: ["a"] }, results: { bindings: [{}] } });
  assert.deepEqual(read(JSON_TYPE, table), { kind: "table", columns: ["a"], rows: [{}], text: table });
  assert.equal(read(JSON_TYPE, '{"head":{},"boolean":false}').kind, "truth");
  assert.equal(read("text/turtle; charset=utf-8", "<a> <b> <c> .").kind, "triples");
});

test("half an answer is never taken for a whole one", () => {
  const half = '{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"uri"';
  assert.throws(() => read(JSON_TYPE, half), { kind: "broken" });
  assert.throws(() => read(JSON_TYPE, '{"head":{}}'), { kind: "broken" });
});

test("a stream that breaks off is broken, a server that is not there unreachable", async () => {
  const stream = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"head":'));
      controller.error(new Error("reset"));
    },
  });
  answering(new Response(stream, { headers: { "Content-Type": JSON_TYPE } }));
  assert.equal(await kindOf(asking()), "broken");
  answering(new TypeError("Failed to fetch"));
  assert.equal(await kindOf(asking()), "unreachable");
});

test("more than a page can hold is said to be too large", async () => {
  answering(new Response(new Uint8Array(MOST_BYTES + 1), { headers: { "Content-Type": JSON_TYPE } }));
  assert.equal(await kindOf(asking()), "large");
});

test("an error answer is a failure, a good one an answer", async () => {
  answering(new Response('{"detail":"stopped"}', { status: 504 }));
  assert.equal(await kindOf(asking()), "cut");
  answering(new Response('{"head":{},"boolean":true}', { headers: { "Content-Type": JSON_TYPE } }));
  const answer = await asking();
  assert.ok(answer.kind === "truth" && answer.value);
});
