import type { Contrast } from "./contrast.ts";
import type { DisplayPanel } from "./display-panel.ts";
import type { Parts } from "./markup.ts";
import type { Picture } from "./picture.ts";
import type { PictureSource } from "./pixels.ts";
import type { Readout } from "./readout.ts";
import type { Signal } from "./signal.ts";

/** One of the quantities that the same pixels can show. */
export interface Facet {
  key: string; name: string; source: PictureSource;
  /** The signal with the statistics of what is drawn. */
  about: () => Promise<Signal>;
  look?: Partial<Contrast>;
  /** Explains the colours. */
  legend?: () => HTMLElement;
}

/** Chooses among the quantities of a picture: a list in the display panel, the choice in the address. */
export class FacetChoice {
  current: Facet;
  onChange: () => void = () => {};
  private turn = 0;

  constructor(
    private readonly parts: Parts,
    private readonly facets: readonly Facet[],
    current: Facet,
    private readonly shape: readonly number[],
    private readonly picture: Picture,
    private readonly display: DisplayPanel,
    private readonly readout: Readout,
  ) {
    this.current = current;
    const list = parts.field<HTMLSelectElement>("shown");
    parts.part("shown").hidden = facets.length < 2;
    list.replaceChildren(...facets.map(facet => new Option(facet.name, facet.key, false, facet === current)));
    list.addEventListener("change", () => void this.choose(facets.find(facet => facet.key === list.value) ?? current));
    this.explain();
  }

  private async choose(facet: Facet): Promise<void> {
    const turn = ++this.turn,
      before = this.current,
      about = await facet.about();
    if (turn !== this.turn) return;
    this.current = facet;
    this.display.use(about, { ...(before.look?.map ? { map: "grey" } : {}), ...facet.look });
    this.picture.swap(facet.source, this.display.bendScale);
    this.picture.paint(this.display.contrast);
    this.readout.reset(about.pixelType);
    this.explain();
    this.onChange();
  }

  private explain(): void {
    this.parts.part("shape").textContent = `${this.current.name} · ${this.shape.map(size => size.toLocaleString("en")).join(" × ")}`;
    this.parts.part("key").replaceChildren(...(this.current.legend ? [this.current.legend()] : []));
    for (const part of ["histogram", "lut"]) this.parts.part<SVGElement>(part).closest<HTMLElement>(".sec")!.hidden = this.isColour;
    for (const section of this.parts.part("shape").closest("[data-panel]")!.querySelectorAll<HTMLElement>(".grey")) section.hidden = this.isColour;
  }

  /** False for the first of the list: the address then needs no word of it. */
  get isChosen(): boolean {
    return this.current !== this.facets[0];
  }

  /** Colours that mean something (a key, a photograph) are not stretched. */
  private get isColour(): boolean {
    return this.current.source.channels > 1 && this.current.legend !== undefined;
  }
}
