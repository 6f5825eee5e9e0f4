import fc from "fast-check";
import { judge } from "../../../subgraphs/agency-tasks/assessment/assessment";

const districts = [
  { year: 2025, minimum: 60 },
  { year: 2030, minimum: 70 },
];
const yes = [
  { year: 2025, minimum: null },
  { year: 2030, minimum: null },
];
const growth = [
  { year: 2025, minimum: 10 },
  { year: 2030, minimum: 10 },
];

function share(year: number, value: number | null, applicable = true) {
  const { target, gap, status } = judge("SHARE", districts, { year, value, applicable });
  return { target: target?.year ?? null, gap, status };
}

describe("the target of a figure", () => {
  it("is the first milestone that is not before its year", () => {
    expect([2022, 2024, 2025, 2026, 2030, 2031].map((year) => share(year, 50).target)).toEqual([
      2025,
      2025,
      2025,
      2030,
      2030,
      null,
    ]);
  });

  it("is found whatever the order of the milestones", () => {
    expect(
      judge("SHARE", [...districts].reverse(), { year: 2024, value: 61, applicable: true }),
    ).toEqual({ target: districts[0], gap: 1, status: "MET" });
  });
});

describe("a share", () => {
  it("is met from the milestone's number upwards, before its year too", () => {
    expect(share(2025, 60)).toEqual({ target: 2025, gap: 0, status: "MET" });
    expect(share(2023, 62.5)).toEqual({ target: 2025, gap: 2.5, status: "MET" });
    expect(share(2030, 100)).toEqual({ target: 2030, gap: 30, status: "MET" });
  });

  it("is behind in the milestone's year when anything is lacking", () => {
    expect(share(2025, (100 * 5) / 9)).toEqual({
      target: 2025,
      gap: -4.444444444,
      status: "BEHIND",
    });
    expect(share(2030, 69.9)).toEqual({ target: 2030, gap: -0.1, status: "BEHIND" });
  });

  it("is on track to the first milestone along the line from 0 at the end of 2022", () => {
    expect(share(2022, 0).status).toBe("ON_TRACK");
    expect(share(2023, 20).status).toBe("ON_TRACK");
    expect(share(2023, 19.9).status).toBe("BEHIND");
    expect(share(2024, 40).status).toBe("ON_TRACK");
    expect(share(2024, 37.5).status).toBe("BEHIND");
  });

  it("is on track to the second milestone along the line from the first one's number", () => {
    expect(share(2026, 62).status).toBe("ON_TRACK");
    expect(share(2026, 60).status).toBe("BEHIND");
    expect(share(2029, 68).status).toBe("ON_TRACK");
    expect(share(2029, (100 * 2) / 3).status).toBe("BEHIND");
  });

  it("is no data without a value, and not applicable where there is nothing to judge", () => {
    expect(share(2025, null)).toEqual({ target: 2025, gap: null, status: "NO_DATA" });
    expect(share(2025, null, false)).toEqual({ target: 2025, gap: null, status: "NOT_APPLICABLE" });
    expect(share(2025, 80, false)).toEqual({ target: 2025, gap: null, status: "NOT_APPLICABLE" });
    expect(share(2031, 80)).toEqual({ target: null, gap: null, status: "NOT_APPLICABLE" });
  });

  it("is not lost to the last digits of a division", () => {
    expect(share(2025, (3 / 5) * 100 - 1e-12).status).toBe("MET");
    expect(share(2023, 20 - 1e-12).status).toBe("ON_TRACK");
  });

  it("never gets a worse status by a higher value", () => {
    const rank = { BEHIND: 0, ON_TRACK: 1, MET: 2 } as Record<string, number>;
    fc.assert(
      fc.property(
        fc.integer({ min: 2022, max: 2030 }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        (year, a, b) =>
          rank[share(year, Math.min(a, b)).status]! <= rank[share(year, Math.max(a, b)).status]!,
      ),
    );
  });
});

describe("yes and no", () => {
  it("needs 100, though the plan states no number", () => {
    expect(judge("YES_NO", yes, { year: 2025, value: 100, applicable: true })).toEqual({
      target: yes[0],
      gap: 0,
      status: "MET",
    });
    expect(judge("YES_NO", yes, { year: 2025, value: 0, applicable: true })).toEqual({
      target: yes[0],
      gap: -100,
      status: "BEHIND",
    });
  });

  it("has the same path: nothing is asked for in 2022, everything between the milestones", () => {
    expect(judge("YES_NO", yes, { year: 2022, value: 0, applicable: true }).status).toBe(
      "ON_TRACK",
    );
    expect(judge("YES_NO", yes, { year: 2023, value: 0, applicable: true }).status).toBe("BEHIND");
    expect(judge("YES_NO", yes, { year: 2026, value: 0, applicable: true }).status).toBe("BEHIND");
  });
});

describe("growth", () => {
  it("is met from the minimum upwards, also above the range", () => {
    expect(judge("GROWTH", growth, { year: 2027, value: 10, applicable: true }).status).toBe("MET");
    expect(judge("GROWTH", growth, { year: 2027, value: 22, applicable: true })).toEqual({
      target: growth[1],
      gap: 12,
      status: "MET",
    });
  });

  it("is behind below the minimum in every year, for a yearly rate has no path", () => {
    expect(judge("GROWTH", growth, { year: 2023, value: 9.5, applicable: true })).toEqual({
      target: growth[0],
      gap: -0.5,
      status: "BEHIND",
    });
  });
});

describe("a milestone of which the number is not stated", () => {
  it("gives nothing to judge a share by", () => {
    expect(judge("SHARE", yes, { year: 2025, value: 50, applicable: true })).toEqual({
      target: yes[0],
      gap: null,
      status: "NOT_APPLICABLE",
    });
  });
});
