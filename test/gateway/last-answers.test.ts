import { LastAnswers } from "../../gateway/stale/last-answers";

describe("Last answers", () => {
  it("are forgotten once others have used up the room for them, the oldest first", () => {
    const last = new LastAnswers(4000);
    const data = { text: "x".repeat(600) };

    for (const key of ["a", "b", "c", "d", "e"]) last.answered(key, data);

    expect(last.notAnswered("a").last).toBeUndefined();
    expect(last.notAnswered("e").last?.data).toEqual(data);
  });

  it("keep the time from which a question goes unanswered until it is answered", () => {
    const moments = ["08:00", "09:00", "10:00", "11:00", "12:00"];
    const clock = () => new Date(`2026-11-25T${moments.shift()}:00Z`);
    const last = new LastAnswers(4000, clock);
    last.answered("a", { n: 1 });

    const silences = [last.notAnswered("a"), last.notAnswered("a")];
    last.answered("a", { n: 2 });
    const later = last.notAnswered("a");

    const at = (time: string) => `2026-11-25T${time}:00.000Z`;
    expect(silences).toEqual(
      [1, 2].map(() => ({
        silentSince: at("09:00"),
        last: { data: { n: 1 }, answeredAt: at("08:00") },
      })),
    );
    expect(later).toEqual({
      silentSince: at("11:00"),
      last: { data: { n: 2 }, answeredAt: at("10:00") },
    });
  });
});
