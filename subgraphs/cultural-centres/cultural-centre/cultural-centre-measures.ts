import {
  type MeasureBook,
  answer,
  count,
  noneWithout,
} from "../../foundation/institution/entry/measures";

const groups = answer(
  "hasClubsOrClasses",
  "Có lớp năng khiếu, câu lạc bộ, nhóm sở thích",
  "Has classes, clubs or interest groups",
  ["Có câu lạc bộ", "Có CLB, lớp năng khiếu", "CLB/lớp năng khiếu (có/không)"],
);
const clubs = count("clubs", "Câu lạc bộ", "Clubs", 5_000, ["Số câu lạc bộ", "Số CLB", "CLB"]);
const classes = count("talentClasses", "Lớp năng khiếu", "Talent classes", 5_000, [
  "Số lớp năng khiếu",
]);
const interestGroups = count("interestGroups", "Nhóm sở thích", "Interest groups", 5_000, [
  "Số nhóm sở thích",
]);
const events = count("events", "Hoạt động đã tổ chức", "Events", 10_000, [
  "Số hoạt động",
  "Số sự kiện",
]);
const participants = count("participants", "Lượt người tham gia", "Participants", 10_000_000, [
  "Số lượt người tham gia",
  "Người tham gia",
]);

/** What a cultural centre reports, in the order of the sheet. */
export const culturalCentreMeasures: MeasureBook = {
  measures: [
    answer(
      "supportsCreativeActivity",
      "Hỗ trợ nhu cầu sáng tạo và hưởng thụ",
      "Supports creative activity",
      ["Hỗ trợ sáng tạo", "Tổ chức, hỗ trợ sáng tạo, hưởng thụ"],
    ),
    groups,
    answer("hasRegularActivities", "Thường xuyên tổ chức hoạt động", "Has regular activities", [
      "Hoạt động thường xuyên",
      "Tổ chức hoạt động thường xuyên",
    ]),
    clubs,
    classes,
    interestGroups,
    events,
    participants,
  ],
  rules: [
    noneWithout(groups, [clubs, classes, interestGroups]),
    noneWithout(events, [participants]),
  ],
};
