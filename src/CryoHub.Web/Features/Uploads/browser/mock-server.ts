import { createHash, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

interface Held {
  id: string;
  datasetId: string;
  dropId: string;
  path: string;
  size: number;
  partSize: number;
  partCount: number;
  status: string;
  siblings: string[];
  parts: Map<number, Buffer>;
  sha256?: string;
}

const partSize = 8 << 20;
const policy =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; " +
  "img-src 'self' data: blob:; worker-src 'self' blob:; connect-src 'self'";
const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

/** The upload protocol of UploadsApi in memory, with what a test needs to see or to spoil. */
export class MockServer {
  readonly uploads: Held[] = [];
  readonly puts: { path: string; number: number }[] = [];
  atOnce = 0;
  mostAtOnce = 0;
  /** Asked before every part; what it answers other than 200 is refused without keeping the bytes. */
  gate: (path: string, number: number) => Promise<number> | number = () => 200;
  quota = Infinity;
  private readonly server = createServer(
    (request, response) =>
      void this.answer(request, response).catch(error => {
        response.statusCode = 500;
        response.end(String(error));
      }),
  );

  async start(): Promise<string> {
    await new Promise<void>(done => this.server.listen(0, "127.0.0.1", done));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  /** Breaks every connection, as a lost network does. */
  cut(): void {
    this.server.closeAllConnections();
  }

  whole(path: string): Held | undefined {
    return this.uploads.find(upload => upload.path === path && upload.status === "completed");
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, "http://here"),
      steps = url.pathname.split("/").filter(Boolean);
    const body = await buffer(request);
    const json = (status: number, value?: unknown): void => {
      response
        .writeHead(status, { "content-type": status < 400 ? "application/json" : "application/problem+json" })
        .end(value === undefined ? "" : JSON.stringify(value));
    };
    if (steps[0] === "js")
      return void response
        .writeHead(200, { "content-type": url.pathname.endsWith(".css") ? "text/css" : "text/javascript" })
        .end(await readFile(new URL(`../../../wwwroot${url.pathname}`, import.meta.url)));
    if (steps[0] === "parts") return await this.receive(steps[1]!, Number(steps[2]), url.searchParams.get("sha256")!, body, response, json);
    if (steps[1] === "datasets")
      return this.isWhole(steps[2]!)
        ? json(200, { name: this.uploads.find(upload => upload.datasetId === steps[2])?.path, status: "ready", problem: "" })
        : json(404, { detail: "There is no such data set." });
    if (steps[0] !== "api")
      return void response
        .writeHead(200, { "content-type": "text/html", "content-security-policy": policy })
        .end(
          "<!DOCTYPE html><title>Uploads</title><link rel=stylesheet href=/js/uploads.css><cryohub-uploads data-project=p></cryohub-uploads>" +
            "<script type=module src=/js/uploads.js></script>",
        );
    const held = this.uploads.find(upload => upload.id === steps[2]),
      asked = body.length ? (JSON.parse(body.toString()) as Record<string, unknown>) : {};
    if (request.method === "POST" && !steps[2]) return this.begin(asked as never, json);
    if (request.method === "GET" && !steps[2]) return this.list(url, json);
    if (!held) return json(404, { detail: "There is no such upload." });
    if (request.method === "GET")
      return json(200, { ...held, parts: [...held.parts].map(([number, bytes]) => ({ number, size: bytes.length, etag: sha256(bytes) })) });
    if (request.method === "DELETE") {
      held.status = "aborted";
      return json(204);
    }
    if (steps[3] === "parts")
      return json(200, {
        url: `/parts/${held.id}/${steps[4]}?sha256=${String(asked["sha256"])}`,
        headers: { "x-signed": "yes" },
        expiresAt: new Date(Date.now() + 900_000),
      });
    // As the file store does: the quotes of the header are not part of the tag.
    const named = asked["parts"] as { number: number; etag: string }[];
    if (named.length !== held.partCount || named.some(part => part.etag !== sha256(held.parts.get(part.number) ?? Buffer.of())))
      return json(409, { detail: "A part is not stored as it was named." });
    held.status = "completed";
    held.sha256 = String(asked["sha256"]);
    json(200, { datasetId: held.datasetId, jobId: this.isWhole(held.datasetId) ? randomUUID() : null });
  }

  private isWhole(datasetId: string): boolean {
    const members = this.uploads.filter(upload => upload.datasetId === datasetId);
    return members.every(member => member.status === "completed" && member.siblings.every(sibling => members.some(other => other.path === sibling)));
  }

  private begin(asked: Pick<Held, "dropId" | "path" | "size" | "siblings">, json: (status: number, value: unknown) => void): void {
    if (asked.size > this.quota) return json(403, { detail: `${asked.path} has ${asked.size} bytes; the project has room for ${this.quota}.` });
    const kin = this.uploads.find(upload => upload.dropId === asked.dropId && asked.siblings.includes(upload.path));
    const held: Held = {
      ...asked,
      id: randomUUID(),
      datasetId: kin?.datasetId ?? randomUUID(),
      partSize,
      partCount: Math.max(1, Math.ceil(asked.size / partSize)),
      status: "open",
      parts: new Map(),
    };
    this.uploads.push(held);
    json(201, held);
  }

  private list(url: URL, json: (status: number, value: unknown) => void): void {
    const open = this.uploads.filter(upload => upload.status === "open"),
      skip = Number(url.searchParams.get("skip"));
    json(200, { items: open.slice(skip, skip + Number(url.searchParams.get("take"))), total: open.length });
  }

  private async receive(
    id: string,
    number: number,
    announced: string,
    body: Buffer,
    response: ServerResponse,
    json: (status: number, value: unknown) => void,
  ): Promise<void> {
    const held = this.uploads.find(upload => upload.id === id)!;
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.atOnce);
    try {
      const status = await Promise.race([this.gate(held.path, number), new Promise<number>(gone => response.on("close", () => gone(499)))]);
      if (status !== 200) return json(status, { detail: `Refused with ${status} by the test.` });
      if (sha256(body) !== announced) return json(400, { detail: "Other bytes than announced." });
      held.parts.set(number, body);
      this.puts.push({ path: held.path, number });
      response.writeHead(200, { etag: `"${announced}"` }).end();
    } finally {
      this.atOnce--;
    }
  }
}
