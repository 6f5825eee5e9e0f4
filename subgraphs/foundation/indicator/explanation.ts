import { lastDayOf } from "../calendar";
import { mergePages, type PageAnswer, type PageRequest } from "../keyset-page";
import { askSectors, sectorIsSilent } from "../institution/sector-ask";
import type { Sector } from "../sector";
import type { Territory } from "../territory/territory";
import type { ExplainedRow, FigureRepository, MeasureQuestion } from "./figure.repository";
import type { IndicatorDefinition } from "./indicator-value";
import { endedQuestion, type SectorPicture, type YearPicture } from "./year-picture";

export type ExplainedPart = "COUNTED" | "NOT_COUNTED" | "SILENT";
export type ExplainedInstitution = ExplainedRow & { sector: Sector };

/** How a measure is counted, for whoever asks why. */
export function formulaOf({ measure }: IndicatorDefinition): {
  formula: string;
  formulaEn: string;
} {
  return measure === "SHARE"
    ? {
        formula:
          "Số cơ sở của loại hình có báo cáo trả lời “có” ÷ số cơ sở của loại hình đang hoạt động ngày 31 tháng 12, kể cả cơ sở chưa báo cáo.",
        formulaEn:
          "Institutions of the class whose report says yes ÷ institutions of the class operating on 31 December, whether or not they reported.",
      }
    : {
        formula:
          "Tăng trưởng bình quân năm của tổng lượt học tập từ năm gốc, trên các cơ sở báo cáo cả hai năm: (năm nay ÷ năm gốc)^(1 ÷ số năm) − 1.",
        formulaEn:
          "Average yearly growth of visits for learning since the base year, over institutions that reported in both years: (year ÷ base year)^(1 ÷ years) − 1.",
      };
}

/**
 * The institutions from which a figure was counted, a page at a time, in the Vietnamese order of names.
 * @param repositories of the owners that the caller may see one by one.
 * @throws SUBGRAPH_UNAVAILABLE when one of them does not answer.
 */
export async function explainedPage(
  repositories: ReadonlyMap<Sector, FigureRepository>,
  indicator: IndicatorDefinition,
  unitId: string,
  picture: YearPicture,
  territory: Territory,
  part: ExplainedPart,
  page: PageRequest,
): Promise<PageAnswer<ExplainedInstitution>> {
  const asked = new Map([...repositories].filter(([sector]) => indicator.sectors.includes(sector)));
  const places = territory.territoryOf(unitId).inside;
  const { answers, faults } = await askSectors(asked, async (repository, sector) => {
    const questions = questionsOf(indicator, picture, sector);
    const rows = await Promise.all(
      questions.map((question) => repository.institutionsOf({ ...question, places, part }, page)),
    );
    return rows.flat().map((row) => ({ ...row, sector }));
  });
  if (faults.size > 0) throw sectorIsSilent([...faults.keys()][0]!);
  return mergePages(answers.values(), positionOfExplained, page.first);
}

export const positionOfExplained = ({ nameSort, id }: ExplainedInstitution) => ({
  sortKey: nameSort,
  id,
});

/** The same institutions as the figure's: those of the classes that there are, and of ended ones as their rulings say. */
function questionsOf(
  indicator: IndicatorDefinition,
  { year, basis, baseYear, sectors }: YearPicture,
  sector: Sector,
): MeasureQuestion[] {
  const day = lastDayOf(year);
  const now = { kindOn: day, operatingOn: day, placedOn: day, reportYear: year, basis };
  if (indicator.measure === "GROWTH")
    return baseYear === null ? [] : [{ ...now, measure: "GROWTH", baseYear }];
  const share = { measure: "SHARE" as const, condition: indicator.condition };
  const ended: SectorPicture["ended"] = sectors.get(sector)?.ended ?? new Map<string, never>();
  const kinds = indicator.kinds(year);
  const live = kinds.filter((kind) => !ended.has(kind));
  const inForce = [...ended.values()].map(({ ruling }) => ruling);
  return [
    ...(live.length > 0 ? [{ ...now, ...share, kinds: live }] : []),
    ...kinds.flatMap((kind) => {
      const ruling = ended.get(kind)?.ruling;
      if (!ruling || ruling.basis === "RETIRED") return [];
      return [{ ...endedQuestion(ruling, inForce, kinds, year, basis), ...share }];
    }),
  ];
}
