// Keeps the pages of a run and what they are drawn with: the newest from the network, the kept ones without a connection.
interface Lifetime extends Event { waitUntil(work: Promise<unknown>): void }
interface Asked extends Lifetime { request: Request; respondWith(answer: Promise<Response>): void }

const shelf = "bench-1";
const isKept = (url: URL): boolean => url.origin === location.origin && /^\/(runs|css|js|fonts|_framework)\/|\.styles\.css$|favicon/.test(url.pathname);

async function keep(request: Request): Promise<Response> {
  const answer = await fetch(request);
  if (answer.ok && !answer.redirected) await (await caches.open(shelf)).put(request, answer.clone());
  return answer;
}

async function answer(request: Request): Promise<Response> {
  try {
    return await keep(request);
  } catch {
    const missing = "This page was not opened before the connection was lost.";
    return await caches.match(request, { ignoreVary: true }) ?? new Response(missing, { status: 503, headers: { "Content-Type": "text/plain" } });
  }
}

self.addEventListener("install", event => (event as Lifetime).waitUntil((self as unknown as { skipWaiting(): Promise<void> }).skipWaiting()));
self.addEventListener("activate", event => (event as Lifetime).waitUntil((self as unknown as { clients: { claim(): Promise<void> } }).clients.claim()));
self.addEventListener("message", event => {
  const { keep: pages } = event.data as { keep?: string[] };
  (event as unknown as Lifetime).waitUntil(Promise.allSettled((pages ?? []).map(page => keep(new Request(page, { credentials: "same-origin" })))));
});
self.addEventListener("fetch", event => {
  const asked = event as Asked;
  if (asked.request.method === "GET" && isKept(new URL(asked.request.url))) asked.respondWith(answer(asked.request));
});
