import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import * as zarr from "zarrita";
import { present } from "./present.ts";
import { StrictStore } from "./strict-store.ts";

const about = {
  zarr_format: 3, node_type: "array", shape: [4], data_type: "uint8", fill_value: 0, attributes: {},
  chunk_grid: { name: "regular", configuration: { chunk_shape: [4] } }, chunk_key_encoding: { name: "default", configuration: { separator: "/" } },
  codecs: [{ name: "sharding_indexed", configuration: {
    chunk_shape: [2], codecs: [{ name: "bytes" }], index_codecs: [{ name: "bytes", configuration: { endian: "little" } }], index_location: "end",
  } }],
};
const absent = 2n ** 64n - 1n;
const shard = Buffer.concat([Buffer.from([7, 9]), Buffer.from(new BigUint64Array([0n, 2n, absent, absent]).buffer)]);

test("an inner chunk its shard marks absent is an error, and its neighbour is read", async () => {
  const server = createServer((request, response) => { response.end(request.url!.endsWith("zarr.json") ? JSON.stringify(about) : shard); });
  await new Promise<void>(done => server.listen(0, done));
  try {
    const store = new StrictStore(`http://localhost:${(server.address() as AddressInfo).port}`);
    const array = present(await zarr.open.v3(zarr.root(store).resolve("0"), { kind: "array" }));
    expect([...(await zarr.get(array, [zarr.slice(0, 2)])).data as Uint8Array]).toEqual([7, 9]);
    await expect(zarr.get(array, [zarr.slice(0, 4)])).rejects.toThrow("chunk 1: marked absent");
  } finally {
    server.close();
  }
});
