/** Minutes since a day began. The day may have 1380 or 1500 of them when the clock is changed: the grid is by time that passes, not by the clock's face. */
export interface Span { from: number; until: number }

export const grain = 15; // minutes

const snap = (minutes: number): number => Math.round(minutes / grain) * grain;

const within = (minutes: number, day: number): number => Math.min(day, Math.max(0, minutes));

/** What is drawn between two places of a column, either may be the upper; never shorter than one grain. */
export function drawn(a: number, b: number, day: number): Span {
  const from = within(Math.floor(Math.min(a, b) / grain) * grain, day - grain), until = within(Math.ceil(Math.max(a, b) / grain) * grain, day);
  return { from, until: Math.max(until, from + grain) };
}

/** A span taken at one place and put down at another keeps its length; it may reach into the next day. */
export const moved = (span: Span, by: number): Span => {
  const from = snap(span.from + by);
  return { from, until: from + span.until - span.from };
};

/** A span whose lower end is pulled. */
export const stretched = (span: Span, by: number): Span => ({ from: span.from, until: Math.max(span.from + grain, snap(span.until + by)) });

/** The moment, in milliseconds of UTC, that lies so many minutes after the day's beginning. */
export const moment = (dayStart: number, minutes: number): number => dayStart + minutes * 60_000;
