import type { MigrationInterface, QueryRunner } from "typeorm";
import { DueRuleRecord } from "../../agency-report/due-rule.record";

const RULES = [
  { reportingDutyCode: "R1", month: 1, day: 31 },
  { reportingDutyCode: "R2", month: 1, day: 31 },
  // The department needs the others' reports before it can compile them.
  { reportingDutyCode: "R3", month: 2, day: 28 },
];

export class RecordDueRules1790000014000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.manager.insert(
      DueRuleRecord,
      RULES.map((rule) => ({
        ...rule,
        basis:
          "Quy ước của hệ thống: Kế hoạch chỉ ghi «định kỳ hằng năm», không ấn định ngày nộp báo cáo.",
        basisEn: "The hub's rule: the plan says only `every year` and sets no day for the report.",
      })),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.manager.delete(
      DueRuleRecord,
      RULES.map(({ reportingDutyCode }) => reportingDutyCode),
    );
  }
}
