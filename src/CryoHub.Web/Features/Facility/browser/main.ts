import "./facility.css";
import { drawn, grain, moment, moved, stretched, type Span } from "./span";

// The calendar's drag: a free place draws a new booking, a booking moves, its lower edge stretches it. The page hears only the finished act, through a hidden
// field; the form and the panel beside the calendar do the same by keyboard.

interface Lane { element: HTMLElement; start: number; minutes: number; instrument: string }

interface Drag {
  lane: Lane; at: number; ghost: HTMLElement; pointer: number;
  booking?: HTMLElement; span?: Span; isStretch: boolean; result?: Span; hasMoved: boolean;
}

let drag: Drag | undefined;
let wasDragged = false;

const laneOf = (element: Element | null): Lane | undefined => {
  const lane = element?.closest<HTMLElement>(".week .lane");
  return lane
    ? { element: lane, start: Number(lane.dataset["start"]), minutes: Number(lane.dataset["minutes"]), instrument: lane.dataset["instrument"]! }
    : undefined;
};

const minuteAt = (lane: Lane, y: number): number => {
  const box = lane.element.getBoundingClientRect();
  return (y - box.top) / box.height * lane.minutes;
};

function draw(ghost: HTMLElement, lane: Lane, span: Span): void {
  ghost.style.top = `${span.from / lane.minutes * 100}%`;
  ghost.style.height = `${(span.until - span.from) / lane.minutes * 100}%`;
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone: lane.element.closest<HTMLElement>(".week")!.dataset["zone"]!, timeStyle: "short" });
  ghost.textContent = `${clock.format(moment(lane.start, span.from))} to ${clock.format(moment(lane.start, span.until))}`;
}

function tell(week: HTMLElement, act: object): void {
  const field = week.querySelector<HTMLInputElement>("input[data-act]")!;
  field.value = JSON.stringify(act);
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

document.addEventListener("pointerdown", event => {
  const target = event.target as Element, lane = laneOf(target);
  if (!lane || event.button !== 0 || event.pointerType === "touch") return;   // a finger scrolls; it books by the form
  const booking = target.closest<HTMLElement>(".booked") ?? undefined;
  if (booking && booking.dataset["movable"] === undefined) return;
  const ghost = document.createElement("div");
  ghost.className = "ghost";
  const at = minuteAt(lane, event.clientY);
  drag = {
    lane, at, ghost, pointer: event.pointerId, isStretch: target.closest(".pull") !== null, hasMoved: false,
    ...(booking ? { booking, span: { from: Number(booking.dataset["from"]), until: Number(booking.dataset["until"]) } } : {}),
  };
  wasDragged = false;
});

document.addEventListener("pointermove", event => {
  if (!drag || event.pointerId !== drag.pointer) return;
  // A booking may be carried to another day of the same instrument.
  const over = drag.booking && !drag.isStretch ? laneOf(document.elementFromPoint(event.clientX, event.clientY)) : undefined;
  const lane = over?.instrument === drag.lane.instrument ? over : drag.lane;
  const now = minuteAt(lane, event.clientY);
  if (!drag.hasMoved && lane === drag.lane && Math.abs(now - drag.at) < grain / 2) return;
  drag.hasMoved = true;
  event.preventDefault();
  drag.result = !drag.span ? drawn(drag.at, now, lane.minutes) : drag.isStretch ? stretched(drag.span, now - drag.at) : moved(drag.span, now - drag.at);
  if (drag.ghost.parentElement !== lane.element) lane.element.append(drag.ghost);
  drag.lane = lane;
  draw(drag.ghost, lane, drag.result);
});

document.addEventListener("pointerup", event => {
  if (!drag || event.pointerId !== drag.pointer) return;
  const { lane, ghost, result, booking } = drag;
  wasDragged = drag.hasMoved;
  drag = undefined;
  ghost.remove();
  const week = lane.element.closest<HTMLElement>(".week");
  if (!result || !week) return;
  const [from, until] = [moment(lane.start, result.from), moment(lane.start, result.until)].map(at => new Date(at).toISOString());
  tell(week, { instrument: lane.instrument, from, until, booking: booking?.dataset["booking"] ?? null });
});

const drop = (): void => {
  drag?.ghost.remove();
  drag = undefined;
};

document.addEventListener("pointercancel", drop);
document.addEventListener("keydown", event => { if (event.key === "Escape") drop(); });

// The click that ends a drag opens nothing.
document.addEventListener("click", event => {
  if (wasDragged && (event.target as Element).closest(".week .lane")) {
    event.preventDefault();
    event.stopPropagation();
  }
  wasDragged = false;
}, true);

/** A calendar begins at seven, not at midnight; one that was there before this script too. */
function begin(): void {
  for (const week of document.querySelectorAll<HTMLElement>(".week:not([data-seen])")) {
    week.dataset["seen"] = "";
    const hours = week.querySelector<HTMLElement>(".hours");
    if (hours) week.scrollTop = hours.offsetHeight * 7 / 24;
  }
}

new MutationObserver(begin).observe(document.body, { childList: true, subtree: true });
begin();
