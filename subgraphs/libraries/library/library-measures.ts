import {
  type Measure,
  type MeasureBook,
  count,
  noneWithout,
  partOf,
} from "../../foundation/institution/entry/measures";

const learning: Measure = {
  key: "providesLifelongLearning",
  kind: "YES_NO",
  labels: {
    vi: "Có dịch vụ phục vụ học tập suốt đời",
    en: "Provides services for lifelong learning",
  },
  synonyms: [
    "Phục vụ học tập suốt đời",
    "Dịch vụ học tập suốt đời",
    "Có phục vụ HTSĐ",
    "HTSĐ",
    "Lifelong learning",
  ],
};
const services: Measure = {
  key: "services",
  kind: "TEXT_LIST",
  labels: { vi: "Các dịch vụ", en: "Services" },
  synonyms: ["Dịch vụ", "Tên dịch vụ", "Loại dịch vụ"],
};
const visits = count("visits", "Lượt sử dụng", "Visits", 10_000_000, [
  "Lượt bạn đọc",
  "Lượt đọc",
  "Tổng lượt sử dụng",
  "Số lượt bạn đọc",
  "Lượt sử dụng / Tổng số",
  "Physical visits",
]);
const learningVisits = count(
  "learningVisits",
  "Lượt sử dụng để học tập",
  "Visits for learning",
  10_000_000,
  [
    "Lượt học tập",
    "Lượt sử dụng để học tập, tìm thông tin",
    "Lượt sử dụng / Để học tập",
    "Lượt bạn đọc học tập",
    "Learning visits",
  ],
);
const events = count("events", "Sự kiện", "Events", 10_000, ["Số sự kiện", "Số hoạt động"]);
const attendance = count(
  "eventAttendance",
  "Lượt người dự sự kiện",
  "Event attendance",
  5_000_000,
  ["Người dự", "Lượt người tham dự", "Attendance"],
);

/** What a library reports, in the order of the sheet (ISO 2789; TCVN 12843). */
export const libraryMeasures: MeasureBook = {
  measures: [
    learning,
    services,
    visits,
    learningVisits,
    count("virtualVisits", "Lượt truy cập từ xa", "Virtual visits", 100_000_000, [
      "Lượt truy cập",
      "Lượt truy cập trực tuyến",
      "Truy cập từ xa",
    ]),
    count("loans", "Lượt mượn", "Loans", 10_000_000, ["Lượt mượn tài liệu", "Số lượt mượn"]),
    count("registeredUsers", "Thẻ bạn đọc", "Registered users", 1_000_000, [
      "Số thẻ",
      "Bạn đọc đăng ký",
      "Số thẻ bạn đọc",
      "Thẻ thư viện",
    ]),
    events,
    attendance,
    count("staff", "Nhân viên", "Staff", 5_000, ["Số nhân viên", "Người làm thư viện", "Cán bộ"]),
  ],
  rules: [
    partOf(learningVisits, visits),
    noneWithout(learning, [services]),
    noneWithout(events, [attendance]),
  ],
};
