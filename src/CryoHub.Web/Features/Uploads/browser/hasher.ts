/** SHA-256 in a web worker. Whole files and parts have a worker each, so that a part never waits behind a large file. */
export class Hasher {
  private readonly worker = new Worker(new URL("uploads-worker.js", import.meta.url), { type: "module" });
  private readonly waiting = new Map<number, { resolve: (answer: never) => void; reject: (reason: Error) => void }>();
  private last = 0;

  constructor() {
    this.worker.onmessage = (event: MessageEvent<{ id: number; answer?: never; problem?: string }>) => {
      const { id, answer, problem } = event.data, asked = this.waiting.get(id);
      this.waiting.delete(id);
      if (answer) asked?.resolve(answer); else asked?.reject(new Error(problem));
    };
    this.worker.onerror = () => {
      for (const { reject } of this.waiting.values()) reject(new Error("The checksum worker did not start; reload the page."));
      this.waiting.clear();
    };
  }

  hash(body: Blob): Promise<string> { return this.ask({ body }); }

  /** CRC-32 of each. */
  sums(bodies: Blob[]): Promise<Uint32Array> { return this.ask({ bodies }); }

  private ask<T>(question: object): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const id = ++this.last;
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ id, ...question });
    });
  }
}
