import AwsS3 from "@uppy/aws-s3";
import Uppy, { type Body, type Meta, type UppyFile } from "@uppy/core";
import GoldenRetriever from "@uppy/golden-retriever";
import { foldersIn, packed } from "./folders.ts";
import { Hasher } from "./hasher.ts";
import { kinIn } from "./kin.ts";
import { memory } from "./memory.ts";
import { archiveName } from "./pack.ts";
import { patiently } from "./patience.ts";
import { protocol, type Completed, type OpenUpload } from "./protocol.ts";

export interface About extends Meta { upload?: string; partSize?: number; relativePath?: string | null }
type Item = UppyFile<About, Body>;
export type Uploader = Uppy<About, Body>;

const atOnce = 6;
const pathOf = (item: Item): string => (item.meta.relativePath || item.name).replace(/^\/+/, "");

export interface News { received(name: string, done: Completed): void; halfSent(names: string[]): void; refused(name: string, words: string): void }

/** Uppy on the site's protocol. Every file is announced before its first part, so the server decides how it is cut. */
export function uploader(projectId: string, sampleId: string | undefined, news: News): Uploader {
  const uppy: Uploader = new Uppy<About, Body>({ id: `uploads-${projectId}-${sampleId ?? ""}`, autoProceed: true, allowMultipleUploadBatches: true });
  const wholes = new Hasher(), parts = new Hasher(), sums = new Hasher(), hashes = new Map<string, Promise<string>>();
  const noConnection = (): void => {
    if (uppy.getState().info?.length === 0) uppy.info("No answer from the server. Trying again; nothing sent so far is lost.", "warning", 6000);
  };

  // A folder of zarr is one file. Its checksums are made before Uppy hears of it.
  const add = uppy.addFiles.bind(uppy);
  uppy.addFiles = chosen => {
    const { others, folders } = foldersIn(chosen as never as (Parameters<typeof add>[0][number] & { data: Blob })[]);
    if (others.length > 0) add(others);
    for (const [folder, members] of folders) {
      uppy.info(`Packing ${folder}: ${members.length} files become one data set.`, "info", 6000);
      packed(folder, members, sums).then(
        file => { add([{ source: "folder", name: file.name, data: file, meta: { relativePath: archiveName(folder) } as About }]); },
        (error: Error) => { news.refused(folder, error.message); });
    }
  };

  uppy.addPreProcessor(async ids => {
    const items = ids.map(id => uppy.getFile(id)).filter(item => !item.progress.uploadComplete), paths = items.map(pathOf), kin = kinIn(paths);
    const open = new Map((await patiently(() => protocol.open(projectId), undefined, noConnection)).map(upload => [`${upload.size} ${upload.path}`, upload]));
    const known = items.map(item => open.get(`${item.size} ${pathOf(item)}`));
    // Files added to an interrupted drop belong to it: a stack finds its .mdoc again.
    const dropId = known.find(upload => upload)?.dropId ?? newId();
    await inTurns(items, async (item, index) => {
      try {
        await announce(item, known[index], dropId, kin(paths[index]!));
      } catch (error) {
        uppy.emit("upload-error", item, error as Error);
      }
    });
  });

  async function announce(item: Item, found: OpenUpload | undefined, dropId: string, siblings: string[]): Promise<void> {
    const body = item.data as File;
    const objection = found && memory.objection(found.id, body);
    if (found) uppy.setFileMeta(item.id, { upload: found.id });   // removing the file discards it
    if (objection) throw new Error(objection);
    const upload = found ?? await patiently(
      () => protocol.begin({ projectId, ...(sampleId ? { sampleId } : {}), dropId, path: pathOf(item), size: body.size, siblings }), undefined, noConnection);
    memory.keep(upload.id, body);
    // With s3Multipart the plug-in asks first which parts have arrived. One change of state a file: each costs a look at all files.
    uppy.setFileState(item.id, {
      meta: { ...item.meta, upload: upload.id, partSize: upload.partSize },
      s3Multipart: found && { key: upload.id, uploadId: upload.id },
    } as never);
  }

  uppy.use(AwsS3, {
    shouldUseMultipart: true,
    limit: atOnce,
    retryDelays: [], // patience is ours: it also renews addresses
    getChunkSize: body => uppy.getFiles().find(item => item.data === (body as unknown))!.meta.partSize!,
    createMultipartUpload: item => ({ uploadId: String(item.meta["upload"]), key: String(item.meta["upload"]) }),
    listParts: async (_, { uploadId, signal }) =>
      (await patiently(() => protocol.state(uploadId!, signal), signal, noConnection)).parts.map(part => ({
        PartNumber: part.number,
        Size: part.size,
        ETag: part.etag,
      })),
    // The plug-in asks for an address long before it may be used; what it gets is where to ask for one.
    signPart: (_, { uploadId, partNumber }) => ({ method: "PUT", url: protocol.partRoute(uploadId, partNumber) }),
    uploadPartBytes: async ({ signature, body, onProgress, onComplete, signal }) => {
      const part = body as Blob,
        sha256 = await parts.hash(part);
      return await patiently(
        async () => {
          const { url, headers } = await protocol.sign(signature.url, part.size, sha256, signal);
          return await AwsS3.uploadPartBytes({
            signature: { method: "PUT", url, headers },
            body: part,
            size: part.size,
            onProgress,
            onComplete,
            ...(signal ? { signal } : {}),
          });
        },
        signal,
        noConnection,
      );
    },
    completeMultipartUpload: async (item, { uploadId, parts: sent, signal }) => {
      const sha256 = await (hashes.get(item.id) ?? wholes.hash(item.data as Blob));
      const done = await patiently(
        () =>
          protocol.complete(
            uploadId,
            sha256,
            sent.map(part => ({ number: part.PartNumber!, etag: part.ETag!.replaceAll('"', "") })),
            signal,
          ),
        signal,
        noConnection,
      );
      memory.forget(uploadId);
      hashes.delete(item.id);
      news.received(item.name, done);
      return { location: `/datasets/${done.datasetId}` };
    },
    abortMultipartUpload: () => undefined, // also called after failures, when what was sent must stay for the next attempt
  });

  // Large files are hashed while their parts travel; the others when they are complete.
  uppy.on("s3-multipart:part-uploaded", item => {
    if (hashes.has(item.id)) return;
    const hash = wholes.hash(item.data as Blob);
    hash.catch(() => hashes.delete(item.id));
    hashes.set(item.id, hash);
  });
  uppy.on("upload-error", (item, error) => { if (item) news.refused(item.name, error.message); });
  uppy.on("file-removed", item => {
    if (item.isGhost || !item.meta.upload || item.progress.uploadComplete) return;
    memory.forget(item.meta.upload);
    protocol.giveUp(item.meta.upload).catch((error: Error) => uppy.info(error.message, "error"));
  });
  // After a reload small files are there again and go on by themselves; the browser keeps no hold on large ones, they are to be chosen again.
  uppy.on("restored", () => {
    const ghosts = uppy.getFiles().filter(item => item.isGhost);
    uppy.removeFiles(ghosts.map(item => item.id));
    for (const item of uppy.getFiles())
      if (!item.progress.uploadComplete)
        uppy.setFileState(item.id, {
          error: null,
          progress: { uploadStarted: null, uploadComplete: false, percentage: 0, bytesUploaded: false, bytesTotal: item.size },
        } as never);
    uppy.setState({ currentUploads: {}, recoveredState: null });
    if (ghosts.length > 0) news.halfSent(ghosts.map(item => item.name));
    void uppy.upload();
  });
  uppy.use(GoldenRetriever, { serviceWorker: false, expires: 7 * 24 * 3600 * 1000 });
  return uppy;
}

/** Runs `act` on all, a few at a time. */
async function inTurns<T>(all: readonly T[], act: (one: T, index: number) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(Array.from({ length: atOnce }, async () => { for (let i = next++; i < all.length; i = next++) await act(all[i]!, i); }));
}

/** A version 4 UUID; `crypto.randomUUID` is absent where a lab serves the site without TLS. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = bytes[6]! & 0x0f | 0x40;
  bytes[8] = bytes[8]! & 0x3f | 0x80;
  return Array.from(bytes, (byte, i) => ([4, 6, 8, 10].includes(i) ? "-" : "") + byte.toString(16).padStart(2, "0")).join("");
}
