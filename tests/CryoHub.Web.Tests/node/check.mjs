// What others find in a crate of ours: usage: node check.mjs FOLDER. One JSON document on standard output.
// ro-crate (University of Technology Sydney) checks the rules of RO-Crate, jsonld (Digital Bazaar) that every word is one of the context, which comes with ro-crate.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import jsonld from "jsonld";

const require = createRequire(import.meta.url);
const context = require("ro-crate/lib/context.json");
const folder = process.argv[2];
const crate = JSON.parse(readFileSync(join(folder, "ro-crate-metadata.json"), "utf8"));

const known = async (url) => {
  if (String(url) !== context["@id"]) throw new Error(`${url} is not the context of RO-Crate 1.2`);
  return { contextUrl: null, documentUrl: url, document: context };
};
globalThis.fetch = async (url) => ({ ok: true, json: async () => (await known(url)).document });
const { Validator } = require("ro-crate/lib/validator.js");   // keeps the fetch that it finds when it is loaded

const validator = new Validator();
validator.parseJSON(structuredClone(crate));
await validator.validate();
const references = new Map(crate["@graph"].map(({ "@id": id }) => [decodeURIComponent(id), id]));   // "(" may be written as it is or as %28
const reference = (path) => references.get(path) ?? path;
const files = readdirSync(folder, { recursive: true }).map((path) => ({ path, isDir: statSync(join(folder, path)).isDirectory() }));
validator.checkFiles(Object.fromEntries(files.map(({ path, isDir }) => [reference(path + (isDir ? "/" : "")), { exists: true, isDir }])));

const expanded = await jsonld.expand(crate, { base: "https://example.org/crate/", documentLoader: known, safe: true });
const told = crate["@graph"].filter((entity) => entity["@type"] === "File");
const wrong = told.filter((file) => {
  const bytes = readFileSync(join(folder, decodeURIComponent(file["@id"])));
  return String(bytes.length) !== file.contentSize || createHash("sha256").update(bytes).digest("hex") !== file.sha256;
});
const ids = new Set(crate["@graph"].map((entity) => entity["@id"]));
const ends = JSON.stringify(crate["@graph"]).matchAll(/"(\w+)":\{"@id":"([^"]+)"\}|\{"@id":"([^"]+)"\}/g);
const dangling = [...ends].map((end) => end[2] ?? end[3]).filter((id) => !ids.has(id) && !id.startsWith("https://w3id.org/ro/crate/"));
console.log(JSON.stringify({
  errors: validator.results.filter((result) => result.status !== "success" && result.id !== "validCrateDataEntityInCrateDir").map((result) => `${result.id} ${result.entity ?? ""} ${result.message}`),
  undescribed: validator.results.filter((result) => result.id === "validCrateDataEntityInCrateDir").map((result) => result.entity),
  entities: expanded.length,
  described: crate["@graph"].length,
  files: told.map((file) => decodeURIComponent(file["@id"])),
  wrong: wrong.map((file) => file["@id"]),
  dangling,
}));
