/** A marker in a view: views and markers count from 1 as in the result's table; places are pixels, the middle of the first pixel at 0. */
export interface Place { view: number; marker: number; x: number; y: number; residual: number; moved: boolean }

/** Where each marker lies in each view, while a person corrects it. */
export class Tracks {
  private readonly places = new Map<string, Place>();
  private readonly first = new Map<string, Place>();

  constructor(places: readonly Place[]) {
    for (const place of places) {
      this.places.set(key(place.view, place.marker), place);
      this.first.set(key(place.view, place.marker), place);
    }
  }

  /** From the columns of the result's table. */
  static of(columns: readonly { name: string; values: readonly (number | null)[] }[]): Tracks {
    const column = (name: string): number[] => (columns.find(one => one.name === name)?.values ?? []).map(value => value ?? NaN);
    const [views, markers, xs, ys, residuals] = [column("View"), column("Marker"), column("Column"), column("Row"), column("Residual")];
    return new Tracks(views.map((view, i) => ({ view, marker: markers[i]!, x: xs[i]!, y: ys[i]!, residual: residuals[i]!, moved: false })));
  }

  get markers(): number[] { return [...new Set([...this.first.values()].map(({ marker }) => marker))].sort((a, b) => a - b); }
  get all(): Place[] { return [...this.places.values()]; }
  at(view: number, marker: number): Place | undefined { return this.places.get(key(view, marker)); }
  in(view: number): Place[] { return this.all.filter(place => place.view === view); }

  /** The marker of the view that is nearest to a place, at most `reach` away. */
  nearest(view: number, x: number, y: number, reach: number): Place | undefined {
    const near = this.in(view).map(place => ({ place, far: Math.hypot(place.x - x, place.y - y) })).filter(({ far }) => far <= reach);
    return near.sort((a, b) => a.far - b.far)[0]?.place;
  }

  put(view: number, marker: number, x: number, y: number): void {
    this.places.set(key(view, marker), { view, marker, x, y, residual: NaN, moved: true });
  }

  remove(view: number, marker: number): void { this.places.delete(key(view, marker)); }
  drop(marker: number): void { for (const place of this.all) if (place.marker === marker) this.remove(place.view, marker); }

  /** How many places differ from those of the result. */
  get changes(): number {
    const gone = [...this.first.keys()].filter(one => !this.places.has(one)).length;
    return gone + this.all.filter(({ moved }) => moved).length;
  }

  /** Those that the model explains worst. */
  worst(most: number): Place[] {
    return this.all.filter(({ residual }) => Number.isFinite(residual)).sort((a, b) => b.residual - a.residual).slice(0, most);
  }
}

const key = (view: number, marker: number): string => `${view} ${marker}`;
