import fc from "fast-check";
import {
  foldText,
  normaliseText,
  vietnameseSortKey,
} from "../../subgraphs/foundation/vietnamese-text";

describe("normaliseText", () => {
  it("gives both spellings of a letter one form and tidies white space", () => {
    expect(normaliseText("  Ti\u0065\u0302\u0301ng \t Vi\u1ec7t\u00a0 ")).toBe(
      "Ti\u1ebfng Vi\u1ec7t",
    );
  });
});

describe("foldText", () => {
  it("takes the marks off, đ included", () => {
    expect(foldText("Phường Đoàn Kết")).toBe("phuong doan ket");
  });
});

describe("vietnameseSortKey", () => {
  const compareKeys = (a: string, b: string) =>
    Buffer.compare(Buffer.from(vietnameseSortKey(a)), Buffer.from(vietnameseSortKey(b)));

  it("orders letters before tones", () => {
    const names = [
      "Mường Tè",
      "Mù Cả",
      "Mu Ca",
      "Đông",
      "Dương",
      "Ấn",
      "Ân",
      "Ăn",
      "Án",
      "An",
      "Ở",
      "Ô",
      "O",
    ];

    expect([...names].sort(compareKeys)).toEqual([
      "An",
      "Án",
      "Ăn",
      "Ân",
      "Ấn",
      "Dương",
      "Đông",
      "Mu Ca",
      "Mù Cả",
      "Mường Tè",
      "O",
      "Ô",
      "Ở",
    ]);
  });

  it("puts a name before the longer ones that begin with it", () => {
    const names = ["Mường Tè A", "Mường Tè", "Mường Té", "Mường"];

    expect([...names].sort(compareKeys)).toEqual(["Mường", "Mường Tè", "Mường Té", "Mường Tè A"]);
  });

  it("orders words as the Vietnamese collation of Unicode does", () => {
    const collator = new Intl.Collator("vi");
    const letter = fc.constantFrom(..."aàảãáạăằẵắặâầậbcdđeèêếghikllmnoóôồơởpqrstuúưừvxyỳ ");
    const word = fc.string({ unit: letter, minLength: 1, maxLength: 8 }).map(normaliseText);

    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(Math.sign(compareKeys(a, b))).toBe(Math.sign(collator.compare(a, b)));
      }),
      { numRuns: 20_000, seed: 1520 },
    );
  });
});
