import AwsS3 from "@uppy/aws-s3";
import Uppy, { type Body, type Meta, type UppyFile } from "@uppy/core";
import Dashboard from "@uppy/dashboard";
import GoldenRetriever from "@uppy/golden-retriever";
import { Hasher } from "./hasher.ts";
import { memory } from "./memory.ts";
import { protocol, type OpenUpload } from "./protocol.ts";

interface About extends Meta { upload?: string; partSize?: number; relativePath?: string | null }
type File = UppyFile<About, Body>;

const pathOf = (file: File): string => file.meta.relativePath || file.name;
const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);

/** Uppy on the site's protocol: the upload is opened before the first part, so the part size is the server's. */
export function uploader(host: HTMLElement, projectId: string, sampleId: string | undefined): Uppy<About, Body> {
  const uppy = new Uppy<About, Body>({ id: `uploads-${projectId}`, autoProceed: true, allowMultipleUploadBatches: true });
  const wholes = new Hasher(), parts = new Hasher(), hashes = new Map<string, Promise<string>>(), partSizes = new WeakMap<Blob, number>();
  uppy.use(Dashboard, { target: host, inline: true, width: "100%", height: 320, theme: "light", fileManagerSelectionType: "both", proudlyDisplayPoweredByUppy: false, disableThumbnailGenerator: true, note: "Files or folders; a folder's members stay together" });
  uppy.use(GoldenRetriever, { serviceWorker: false });
  uppy.addPreProcessor(async ids => {
    const files = ids.map(id => uppy.getFile(id)), dropId = crypto.randomUUID(), paths = files.map(pathOf);
    const open = await protocol.open(projectId);
    await inTurns(files, 6, async file => {
      try { await prepare(file, open, dropId, paths); }
      catch (error) { uppy.emit("upload-error", file, error as Error); uppy.removeFile(file.id); uppy.info(`${file.name}: ${(error as Error).message}`, "error", 15000); }
    });
  });
  uppy.use(AwsS3, {
    shouldUseMultipart: true, limit: 6,
    getChunkSize: (file: { size: number }) => partSizes.get(file as unknown as Blob) ?? 16 * 2 ** 20,
    createMultipartUpload: file => ({ uploadId: String(file.meta["upload"]), key: String(file.meta["upload"]) }),
    listParts: async (_, { uploadId, signal }) => (await protocol.state(uploadId!, signal)).parts.map(part => ({ PartNumber: part.number, Size: part.size, ETag: part.etag })),
    signPart: async (_, { uploadId, partNumber, body, signal }) => {
      const { url, headers } = await protocol.sign(uploadId, partNumber, (body as Blob).size, await parts.hash(body as Blob), signal);
      return { method: "PUT", url, headers: headers ?? {} };
    },
    completeMultipartUpload: async (file, { uploadId, parts: sent }) => {
      const done = await protocol.complete(uploadId, await hashes.get(file.id)!, sent.map(part => ({ number: part.PartNumber!, etag: part.ETag! })));
      memory.forget(uploadId);
      host.dispatchEvent(new CustomEvent("dataset-received", { bubbles: true, detail: done }));
      return { location: `/datasets/${done.datasetId}` };
    },
    abortMultipartUpload: async (_, { uploadId }) => { memory.forget(uploadId ?? ""); await protocol.abort(uploadId ?? ""); },
  });
  return uppy;

  async function prepare(file: File, open: readonly OpenUpload[], dropId: string, paths: readonly string[]): Promise<void> {
    const path = pathOf(file), body = file.data as globalThis.File, size = body.size;
    let found = open.find(upload => upload.path === path && upload.size === size);
    if (found && memory.changed(found.id, body)) {
      uppy.info(`${file.name} changed since its upload was paused; it starts anew.`, "warning", 8000);
      await protocol.abort(found.id);
      memory.forget(found.id);
      found = undefined;
    }
    const siblings = paths.filter(other => other !== path && folderOf(other) === folderOf(path)).slice(0, 1000);
    const upload = found ?? await protocol.begin({ projectId, ...(sampleId ? { sampleId } : {}), dropId, path, size, siblings });
    memory.keep(upload.id, body);
    partSizes.set(file.data as Blob, upload.partSize);
    hashes.set(file.id, wholes.hash(file.data as Blob));
    uppy.setFileMeta(file.id, { upload: upload.id, partSize: upload.partSize });
    if (found) uppy.setFileState(file.id, { s3Multipart: { key: upload.id, uploadId: upload.id } } as never);
  }
}

/** Runs `act` on all, at most `width` at a time. */
async function inTurns<T>(all: readonly T[], width: number, act: (one: T) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(Array.from({ length: width }, async () => { while (next < all.length) await act(all[next++]!); }));
}
