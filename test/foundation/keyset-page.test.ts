import fc from "fast-check";
import {
  comparePositions,
  connectionOf,
  mergePages,
  readPage,
} from "../../subgraphs/foundation/keyset-page";

interface Row {
  sortKey: string;
  id: string;
}
const positionOf = (row: Row) => row;

/** What a database answers: the rows behind the position, one more than asked, in order. */
const pageOf = (rows: Row[], { first, after }: ReturnType<typeof readPage>) =>
  rows
    .filter((row) => after === null || comparePositions(row, after) > 0)
    .sort(comparePositions)
    .slice(0, first + 1);

describe("pages over several owners", () => {
  it("page after page equals the whole, in order, each row once", () => {
    const rows = fc.array(
      fc.record({ sortKey: fc.constantFrom("", "a", "ă", "b", "đ", "z!12"), id: fc.uuid() }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(
        fc.array(rows, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 7 }),
        (owners, first) => {
          const seen: Row[] = [];
          let after: string | null = null;
          for (;;) {
            const request = readPage({ first, after });
            const page = mergePages(
              owners.map((owner) => pageOf(owner, request)),
              positionOf,
              first,
            );
            const { nodes, pageInfo } = connectionOf(page, positionOf);
            seen.push(...nodes);
            if (!pageInfo.hasNextPage) break;
            after = pageInfo.endCursor;
          }

          expect(seen).toEqual(owners.flat().sort(comparePositions));
        },
      ),
      { seed: 1520, numRuns: 200 },
    );
  });

  it("orders by bytes, as both engines do, also outside the basic plane", () => {
    const rows = ["\u{1F4DA}", "\uFFFD", "z", "đ"].map((sortKey) => ({ sortKey, id: "" }));

    expect([...rows].sort(comparePositions).map(({ sortKey }) => sortKey)).toEqual([
      "z",
      "đ",
      "\uFFFD",
      "\u{1F4DA}",
    ]);
  });
});

describe("readPage", () => {
  it.each([
    ["", "W10"],
    ["a cursor of another shape", Buffer.from("[1,2]").toString("base64url")],
    ["a cursor with more in it", Buffer.from('["a","b","c"]').toString("base64url")],
    ["no JSON", "%%%"],
  ])("refuses %s", (_what, after) => {
    expect(() => readPage({ first: 1, after })).toThrow("is not a cursor issued by the hub");
  });

  it("takes an empty page for what it is", () => {
    const { nodes, pageInfo } = connectionOf(
      mergePages([[{ sortKey: "a", id: "1" }]], positionOf, 0),
      positionOf,
    );

    expect({ nodes, pageInfo }).toEqual({
      nodes: [],
      pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
  });
});
