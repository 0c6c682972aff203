const address = new Set(["href", "src", "action", "formaction", "xlink:href", "data"]);

/** Why markup may not enter a page, or undefined. `parsed` is an inert document made of it: nothing in it has run. */
export function harmIn(parsed: Document, origin: string): string | undefined {
  for (const element of parsed.querySelectorAll("*")) {
    const tag = element.localName;
    if (tag === "script" && (element.textContent !== "" || !isOwn(element.getAttribute("src") ?? "", origin))) return "a script";
    if (["iframe", "object", "embed", "base"].includes(tag)) return `an element "${tag}"`;
    for (const { name, value } of element.attributes) {
      if (name.startsWith("on") || name === "srcdoc") return `an attribute "${name}"`;
      if (address.has(name) && /^[\s\p{Cc}]*(javascript|vbscript)\s*:/iu.test(value)) return `a script in "${name}"`;
    }
    if (element instanceof HTMLTemplateElement) {
      const inner = parsed.implementation.createHTMLDocument();
      inner.body.append(element.content.cloneNode(true));
      const harm = harmIn(inner, origin);
      if (harm) return harm;
    }
  }
  return undefined;
}

/** Whether an address leads to this site; a blob's belongs to the site that made it. */
export function isOwn(url: string, origin: string): boolean {
  try {
    return url !== "" && new URL(url, `${origin}/`).origin === origin;
  } catch {
    return false;
  }
}
