/** SHA-256 in a web worker. Whole files and parts have a worker each, so that a part never waits behind a large file. */
export class Hasher {
  private readonly worker = new Worker(new URL("uploads-worker.js", import.meta.url), { type: "module" });
  private readonly waiting = new Map<number, { resolve: (sha256: string) => void; reject: (reason: Error) => void }>();
  private last = 0;

  constructor() {
    this.worker.onmessage = (event: MessageEvent<{ id: number; sha256?: string; problem?: string }>) => {
      const { id, sha256, problem } = event.data, asked = this.waiting.get(id);
      this.waiting.delete(id);
      if (sha256) asked?.resolve(sha256); else asked?.reject(new Error(problem));
    };
    this.worker.onerror = () => {
      for (const { reject } of this.waiting.values()) reject(new Error("The checksum worker did not start; reload the page."));
      this.waiting.clear();
    };
  }

  hash(body: Blob): Promise<string> {
    return new Promise((resolve, reject) => {
      const id = ++this.last;
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ id, body });
    });
  }
}
