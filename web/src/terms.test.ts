import assert from "node:assert/strict";
import { test } from "node:test";
import { fitting, full, offered, used } from "./terms.ts";

const VOID = {
  "@context": { verre: "http://v#", void: "http://rdfs.org/ns/void#", label: { "@id": "http://l" } },
  "void:classPartition": [
    { "void:class": { "@id": "http://v#Need" }, "void:entities": { "@value": "3" } },
    { "void:class": { "@id": "verre:Meeting" }, "void:entities": 7 },
  ],
  "void:propertyPartition": {
    "void:property": { "@id": "http://v#rank" },
    "void:triples": { "@value": "5" },
  },
};

test("VoID tells prefixes, classes and properties with their counts", () => {
  const found = used(VOID);
  assert.deepEqual(found.prefixes, { verre: "http://v#", void: "http://rdfs.org/ns/void#" });
  assert.deepEqual(
    [...found.class],
    [
      ["http://v#Need", 3],
      ["http://v#Meeting", 7],
    ],
  );
  assert.deepEqual([...found.property], [["http://v#rank", 5]]);
});

test("a description that is none offers nothing", () => {
  for (const none of [undefined, null, {}, [], "x"]) assert.equal(used(none).class.size, 0);
});

test("an address is no prefixed name", () => {
  assert.equal(full("http://e/x", { http: "nonsense" }), "http://e/x");
});

test("what is used most comes first, then the rest of the ontology", () => {
  const counts = new Map([
    ["http://v#b", 2],
    ["http://v#c", 9],
  ]);
  assert.deepEqual(offered(["http://v#z", "http://v#a", "http://v#b"], counts), [
    "http://v#c",
    "http://v#b",
    "http://v#a",
    "http://v#z",
  ]);
});

test("what was typed may begin the name or stand within it, whatever the case", () => {
  const iris = ["http://v#engagementStatus", "http://v#status", "http://w#status"];
  assert.deepEqual(fitting(iris, "http://v#STAT"), ["http://v#status", "http://v#engagementStatus"]);
  assert.deepEqual(fitting(iris, "", 2), iris.slice(0, 2));
});
