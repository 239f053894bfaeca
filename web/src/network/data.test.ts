import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { ask, links, type Network, onPath, Refused, sources, type Thing, type Tie, word } from "./data.ts";

const genuine = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = genuine;
});

function thing(id: string, kind = "company", ref = id): Thing {
  return { id, ref, label: id, kind, depth: 1 };
}

function tie(source: string, target: string, facts: Partial<Tie> = {}): Tie {
  const key = `${source}-${target}-${facts.kind ?? ""}${facts.status ?? ""}`;
  const plain = {
    kind: "partnership",
    label: "partner",
    weight: 0.8,
    ended: false,
    dateUnknown: false,
    sources: [],
  };
  return { source, target, key, ...plain, ...facts };
}

function network(nodes: Thing[], edges: Tie[]): Network {
  return { graph: { starts: ["a"], truncated: false, day: "2026-06-01", release: "1" }, nodes, edges };
}

test("an address calls a thing what nothing else is called", () => {
  assert.equal(word(thing("i", "market", "JP")), "market:JP");
  assert.equal(word(thing("https://x/person/1", "person", "1")), "https://x/person/1");
  assert.equal(word(thing("i", "chamber", "be/0403170701")), "be/0403170701");
});

test("two things have one line, whichever way their relations go; the strongest gives its look", () => {
  const made = links(
    network(
      [thing("a"), thing("b")],
      [tie("b", "a"), tie("a", "b", { kind: "ownership", label: "owner", weight: 1, dateUnknown: true })],
    ),
  );
  assert.equal(made.length, 1);
  assert.deepEqual(
    [made[0]?.stroke, made[0]?.said, made[0]?.ties.length, made[0]?.undated],
    ["double", "owner", 2, true],
  );
});

test("what goes on is stronger than what is over, however close that tied", () => {
  const over = tie("a", "b", { kind: "ownership", weight: 1, ended: true });
  const [line] = links(network([thing("a"), thing("b")], [over, tie("a", "b")]));
  assert.deepEqual([line?.stroke, line?.over], ["solid", false]);
});

test("a line to a market ends in its status: hollow wants, filled does, and over is neither", () => {
  const marks = (facts: Partial<Tie>) =>
    links(network([thing("a"), thing("m", "market")], [tie("a", "m", { kind: "engagement", ...facts })]))[0]
      ?.mark;
  assert.equal(marks({ status: "targets" }), "targets");
  assert.equal(marks({ status: "active" }), "active");
  assert.equal(marks({ status: "active", ended: true }), "withdrawn");
  assert.equal(marks({ kind: "partnership" }), "");
});

test("a relation to what is not there, or of a thing with itself, makes no line", () => {
  assert.deepEqual(links(network([thing("a")], [tie("a", "a"), tie("a", "gone")])), []);
});

test("the order of the ties changes nothing", () => {
  const nodes = [thing("a"), thing("b"), thing("c")];
  const ties = [tie("a", "b"), tie("c", "a"), tie("b", "a", { kind: "branch" })];
  assert.deepEqual(links(network(nodes, ties)), links(network(nodes, ties.toReversed())));
});

test("the lines on a path are known from either end", () => {
  const made = links(network([thing("a"), thing("b")], [tie("b", "a")]));
  assert.ok(onPath(["a", "b"]).has(made[0]?.id ?? ""));
  assert.equal(onPath(["a"]).size, 0);
});

test("each source once, by key", () => {
  const [one, two] = [{ id: "s2" }, { id: "s1" }];
  const found = sources([tie("a", "b", { sources: [one] }), tie("a", "b", { sources: [two, one] })]);
  assert.deepEqual(
    found.map((each) => each.id),
    ["s1", "s2"],
  );
});

test("a refusal tells what the server said, with the setting; a page of a proxy its status", async () => {
  const problem = {
    detail: "A network cannot be that large.",
    issues: [{ detail: "at most 150" }],
    setting: "VERRE_X",
  };
  globalThis.fetch = async () => new Response(JSON.stringify(problem), { status: 400 });
  await assert.rejects(
    ask("/x"),
    new Refused(400, "A network cannot be that large. · at most 150 · VERRE_X"),
  );
  globalThis.fetch = async () => new Response("<html>", { status: 502 });
  await assert.rejects(ask("/x"), new Refused(502, "HTTP 502"));
  globalThis.fetch = async () => {
    throw new TypeError("Failed to fetch");
  };
  await assert.rejects(ask("/x"), new Refused(0, ""));
});
