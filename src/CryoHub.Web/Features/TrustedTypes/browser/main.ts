// The last wall against script in data: text becomes markup, or the address of a script, only through here (require-trusted-types-for).
// Runs before every other script. Browsers without trusted types keep the walls before it: encoding, and a policy without inline script.
import { harmIn, isOwn } from "./harm.ts";

interface Rules { createHTML?: (markup: string) => string; createScriptURL?: (url: string) => string }
interface Factory { createPolicy(name: string, rules: Rules): { createHTML(markup: string): string } }

const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes;

if (factory) {
  const inert = factory.createPolicy("inert", { createHTML: markup => markup });
  const parser = new DOMParser();
  factory.createPolicy("default", {
    createHTML: markup => {
      const harm = markup.includes("<") ? harmIn(parser.parseFromString(inert.createHTML(markup), "text/html"), location.origin) : undefined;
      if (harm) throw new TypeError(`Markup with ${harm} was refused.`);
      return markup;
    },
    createScriptURL: url => {
      if (!isOwn(url, location.origin)) throw new TypeError(`A script from ${url} was refused: only those of ${location.origin} run here.`);
      return url;
    },
  });
}
