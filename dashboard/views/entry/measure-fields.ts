/** One thing that a report says, as a form asks for it. A test holds these to what the subgraphs take. */
export interface MeasureField {
  /** The field of the schema. */
  key: string;
  kind: "YES_NO" | "COUNT" | "TEXT_LIST";
  vi: string;
  en: string;
}

const answer = (key: string, vi: string, en: string): MeasureField => ({
  key,
  kind: "YES_NO",
  vi,
  en,
});
const count = (key: string, vi: string, en: string): MeasureField => ({
  key,
  kind: "COUNT",
  vi,
  en,
});

export const libraryMeasures: readonly MeasureField[] = [
  answer(
    "providesLifelongLearning",
    "Có dịch vụ phục vụ học tập suốt đời",
    "Provides services for lifelong learning",
  ),
  { key: "services", kind: "TEXT_LIST", vi: "Các dịch vụ", en: "Services" },
  count("visits", "Lượt sử dụng", "Visits"),
  count("learningVisits", "Lượt sử dụng để học tập", "Visits for learning"),
  count("virtualVisits", "Lượt truy cập từ xa", "Virtual visits"),
  count("loans", "Lượt mượn", "Loans"),
  count("registeredUsers", "Thẻ bạn đọc", "Registered users"),
  count("events", "Sự kiện", "Events"),
  count("eventAttendance", "Lượt người dự sự kiện", "Event attendance"),
  count("staff", "Nhân viên", "Staff"),
];

export const museumMeasures: readonly MeasureField[] = [
  answer("hasEducationProgramme", "Có chương trình giáo dục", "Has an education programme"),
  answer("hasDigitalDisplay", "Có trưng bày trên không gian số", "Has digital displays"),
  count("visits", "Lượt khách tham quan", "Visits"),
  count("learningVisits", "Lượt khách đến nghiên cứu, học tập", "Visits for learning"),
  count("virtualVisits", "Lượt truy cập từ xa", "Virtual visits"),
  count("educationalProgrammes", "Số chương trình giáo dục", "Educational programmes"),
  count("schoolVisits", "Lượt tham quan của trường học", "Visits by school classes"),
  count("digitisedObjects", "Hiện vật đã số hóa", "Digitised objects"),
];

export const culturalCentreMeasures: readonly MeasureField[] = [
  answer(
    "supportsCreativeActivity",
    "Hỗ trợ nhu cầu sáng tạo và hưởng thụ",
    "Supports creative activity",
  ),
  answer(
    "hasClubsOrClasses",
    "Có lớp năng khiếu, câu lạc bộ, nhóm sở thích",
    "Has classes, clubs or interest groups",
  ),
  answer("hasRegularActivities", "Thường xuyên tổ chức hoạt động", "Has regular activities"),
  count("clubs", "Câu lạc bộ", "Clubs"),
  count("talentClasses", "Lớp năng khiếu", "Talent classes"),
  count("interestGroups", "Nhóm sở thích", "Interest groups"),
  count("events", "Hoạt động đã tổ chức", "Events"),
  count("participants", "Lượt người tham gia", "Participants"),
];
