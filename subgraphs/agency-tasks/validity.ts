import type { Day } from "../foundation/calendar";

/** Open on either side when null; the first day is inside, the last bound outside. */
export interface Interval {
  fromOn: Day | null;
  untilOn: Day | null;
}

export function holdsOn({ fromOn, untilOn }: Interval, day: Day): boolean {
  return (fromOn === null || fromOn <= day) && (untilOn === null || day < untilOn);
}

/** On one day of the year at least. */
export function holdsIn({ fromOn, untilOn }: Interval, year: number): boolean {
  return (
    (fromOn === null || fromOn <= `${year}-12-31`) &&
    (untilOn === null || untilOn > `${year}-01-01`)
  );
}
