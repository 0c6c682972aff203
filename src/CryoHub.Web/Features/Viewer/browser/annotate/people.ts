import Overlay from "ol/Overlay";
import type { Picture } from "../picture.ts";
import type { Person, Pointed } from "./layer-server.ts";
import { initials } from "./panel.ts";

const palette = ["#28B5FA", "#F9642A", "#62D29B", "#C563A4", "#C1E9FA", "#FABF7D", "#AEB8FF", "#E7E1C4"];
const restsAfter = 3000;

/** The same person has the same colour everywhere. */
export const colourOf = (id: string): string => palette[[...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7) % palette.length]!;

/** Who is here, in the bar, and where their cursors are. */
export class People {
  private readonly cursors = new Map<string, { overlay: Overlay; timer: number }>();

  constructor(private readonly bar: HTMLElement, private readonly line: HTMLElement, private readonly picture: Picture, private readonly me: string) {}

  here(people: readonly Person[]): void {
    const others = people.filter(person => person.id !== this.me);
    this.bar.hidden = others.length === 0;
    this.bar.replaceChildren(...others.map(person => {
      const mark = Object.assign(document.createElement("span"), { className: "who", textContent: initials(person.name), title: person.name });
      mark.style.background = colourOf(person.id);
      mark.setAttribute("role", "img");
      mark.setAttribute("aria-label", `${person.name} is here`);
      return mark;
    }));
    for (const [id, cursor] of this.cursors) {
      if (others.some(person => person.id === id)) continue;
      this.picture.map.removeOverlay(cursor.overlay);
      this.cursors.delete(id);
    }
    if (others.length === 0) this.line.textContent = "";
  }

  pointed({ userId, name, x, y, doing }: Pointed): void {
    if (userId === this.me) return;
    let cursor = this.cursors.get(userId);
    if (!cursor) {
      const mark = Object.assign(document.createElement("div"), { className: "cursor", textContent: name });
      mark.style.background = colourOf(userId);
      cursor = { overlay: new Overlay({ element: mark, offset: [8, 8], stopEvent: false }), timer: 0 };
      this.cursors.set(userId, cursor);
      this.picture.map.addOverlay(cursor.overlay);
    }
    cursor.overlay.setPosition([x, -y]);
    this.line.textContent = doing ? `${name} ${doing}` : "";
    clearTimeout(cursor.timer);
    cursor.timer = window.setTimeout(() => { cursor.overlay.setPosition(undefined); this.line.textContent = ""; }, restsAfter);
  }
}
