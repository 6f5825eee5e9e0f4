import { dayBefore, dayInVietnam, isDay } from "../../subgraphs/foundation/calendar";
import { dateScalar, dateTimeScalar } from "../../subgraphs/foundation/scalars";

describe("days", () => {
  it.each(["2024-02-29", "2025-07-01", "0001-01-01"])("knows %s for a day", (text) => {
    expect(isDay(text)).toBe(true);
  });

  it.each(["2025-02-29", "2025-13-01", "2025-7-1", "01/07/2025", "2025-07-01T00:00:00Z", ""])(
    "does not take %p for a day",
    (text) => {
      expect(isDay(text)).toBe(false);
    },
  );

  it("begins the day when Việt Nam does", () => {
    expect(dayInVietnam(new Date("2025-06-30T16:59:59Z"))).toBe("2025-06-30");
    expect(dayInVietnam(new Date("2025-06-30T17:00:00Z"))).toBe("2025-07-01");
  });

  it("steps back over months and years", () => {
    expect([dayBefore("2025-07-01"), dayBefore("2024-03-01"), dayBefore("2025-01-01")]).toEqual([
      "2025-06-30",
      "2024-02-29",
      "2024-12-31",
    ]);
  });
});

describe("scalars", () => {
  it("Date refuses what is no day and says what is accepted, in both languages", () => {
    expect(() => dateScalar.parseValue("2025-02-30")).toThrow(
      'Giá trị "2025-02-30" không hợp lệ; cần một ngày có thật viết theo dạng YYYY-MM-DD, ví dụ 2025-07-01. / Invalid value; expected an existing day as YYYY-MM-DD, such as 2025-07-01.',
    );
  });

  it("DateTime wants its time zone and answers in UTC", () => {
    expect(dateTimeScalar.serialize(dateTimeScalar.parseValue("2025-07-01T08:00:00+07:00"))).toBe(
      "2025-07-01T01:00:00.000Z",
    );
    expect(() => dateTimeScalar.parseValue("2025-07-01T08:00:00")).toThrow(
      "expected an ISO 8601 instant",
    );
  });
});
