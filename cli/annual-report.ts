import type { Paragraph, Table } from "docx";
import type { PublicFigure } from "../subgraphs/agency-tasks/sealed-report/hub-figures";
import {
  body,
  centred,
  heading,
  note,
  table,
  verbatim,
  writeDocument,
} from "./administrative-document";

export interface AnnualReport {
  year: number;
  /** Who reports. */
  agency: { id: string; name: string };
  sealedAt: string;
  root: string;
  /** Of the province, then of each unit. */
  figures: readonly PublicFigure[];
}

/** The annual report as a document: tables by indicator, unit and agency, from what was sealed. */
export function writeAnnualReport(report: AnnualReport): Promise<Buffer> {
  const { year, figures, agency } = report;
  const [first] = figures;
  const province = figures.filter(({ unitCode }) => unitCode === first?.unitCode);
  const units = figures.filter(({ unitCode }) => unitCode !== first?.unitCode);
  return writeDocument(
    {
      above: "UBND TỈNH LAI CHÂU",
      name: agency.name,
      symbol: symbolOf(agency.id),
      place: "Lai Châu",
      signer: agency.id.startsWith("agency:so-") ? "GIÁM ĐỐC" : "THỦ TRƯỞNG CƠ QUAN",
    },
    {
      title: `Báo cáo năm ${year}`,
      kind: "BÁO CÁO",
      symbol: "BC",
      subject: `Kết quả học tập suốt đời trong thư viện, bảo tàng, thiết chế văn hóa năm\u00a0${year}`,
    },
    [
      body(
        `Thực hiện Kế hoạch của tỉnh triển khai Quyết định 1520/QĐ-TTg, ${agency.name} báo cáo kết quả năm ${year} theo số liệu đã duyệt và niêm phong ngày ${dayOf(report.sealedAt)}.`,
      ),
      ...(figures.some(({ demonstration }) => demonstration)
        ? [
            centred("DỮ LIỆU MINH HỌA: số liệu được sinh tự động, không phải số liệu thật.", {
              bold: true,
              before: 120,
            }),
          ]
        : []),
      heading("I. KẾT QUẢ THEO CHỈ TIÊU"),
      table(
        ["Chỉ tiêu", "Tử số", "Mẫu số", "Đã báo cáo", "Kết quả (%)", "Mốc (%)", "Đánh giá"],
        province.map((figure) => [
          `${figure.indicatorCode}. ${figure.indicatorName}`,
          ...countsOf(figure),
          valueOf(figure),
          number(figure.target),
          STATUS[figure.status ?? ""] ?? "—",
        ]),
        [34, 10, 10, 11, 12, 10, 13],
      ),
      ...notes(province),
      heading("II. KẾT QUẢ THEO ĐƠN VỊ HÀNH CHÍNH"),
      body(
        "Tỷ lệ và tăng trưởng tính bằng phần trăm; mốc của Kế hoạch chỉ áp dụng cho toàn tỉnh. Dấu —: đơn vị không có cơ sở thuộc chỉ tiêu, hoặc chưa cơ sở nào báo cáo; “ẩn”: số liệu được ẩn để bảo vệ cơ sở đơn lẻ.",
      ),
      unitTable(units),
      heading("III. KẾT QUẢ THEO CƠ QUAN CHỦ TRÌ"),
      table(
        ["Cơ quan", "Chỉ tiêu", "Kết quả (%)", "Đánh giá"],
        agencyRows(province),
        [30, 42, 14, 14],
        { left: 2 },
      ),
      heading("IV. XÁC THỰC SỐ LIỆU"),
      body(
        `Số liệu được niêm phong lúc ${timeOf(report.sealedAt)} ngày ${dayOf(report.sealedAt)} (giờ Việt Nam). Mã băm gốc (SHA-256):`,
      ),
      verbatim(report.root),
    ],
    ["Bộ Văn hóa, Thể thao và Du lịch (để báo cáo)", "UBND tỉnh (để báo cáo)", "Lưu: VT"],
  );
}

/** What a department signs its numbers with: `agency:so-vhttdl` is SVHTTDL. Of other agencies it is left to be filled in. */
function symbolOf(agencyId: string): string {
  const [, name] = /^agency:so-([a-z]+)$/u.exec(agencyId) ?? [];
  return name === undefined ? "…" : `S${name.toUpperCase()}`;
}

/** One row for each unit, one column for each indicator. */
function unitTable(figures: readonly PublicFigure[]): Table {
  const codes = [...new Set(figures.map(({ indicatorCode }) => indicatorCode))];
  const names = new Map(figures.map(({ unitCode, unitName }) => [unitCode, unitName]));
  const byKey = new Map(figures.map((each) => [`${each.unitCode} ${each.indicatorCode}`, each]));
  const share = 78 / Math.max(1, codes.length);
  return table(
    ["Đơn vị", ...codes],
    [...names].map(([unitCode, name]) => [
      name,
      ...codes.map((code) => valueOf(byKey.get(`${unitCode} ${code}`))),
    ]),
    [22, ...codes.map(() => share)],
    { size: 20 },
  );
}

function agencyRows(province: readonly PublicFigure[]): string[][] {
  const agencies = [...new Set(province.flatMap((figure) => figure.agencies))];
  return agencies.flatMap((agency) =>
    province
      .filter((figure) => figure.agencies.includes(agency))
      .map((figure) => [
        agency,
        `${figure.indicatorCode}. ${figure.indicatorName}`,
        valueOf(figure),
        STATUS[figure.status ?? ""] ?? "—",
      ]),
  );
}

/** Of such a figure the sums are withheld, and the rate is told to a tenth of one per cent. */
const isRounded = ({ value, numerator }: PublicFigure) => value !== null && numerator === null;

/** What a reader must know of a figure, below the table. */
function notes(figures: readonly PublicFigure[]): Paragraph[] {
  const told = figures.flatMap((figure) => {
    const { indicatorCode, ruling, suppressed, reported, denominator } = figure;
    return [
      ...(ruling === null ? [] : [`${indicatorCode}: quy ước ${rulingIn(ruling)}`]),
      ...(suppressed ? [`${indicatorCode}: số liệu được ẩn để bảo vệ cơ sở đơn lẻ.`] : []),
      ...(isRounded(figure)
        ? [
            `${indicatorCode}: tổng số lượt được ẩn để bảo vệ cơ sở đơn lẻ; tỷ lệ làm tròn đến 0,1 %.`,
          ]
        : []),
      ...(indicatorCode !== "L7" &&
      indicatorCode !== "M2" &&
      reported !== null &&
      denominator !== null &&
      reported < denominator
        ? [`${indicatorCode}: ${denominator - reported} cơ sở chưa trả lời, vẫn tính trong mẫu số.`]
        : []),
    ];
  });
  return told.map(note);
}

const STATUS: Readonly<Record<string, string>> = {
  MET: "Đạt",
  ON_TRACK: "Đúng tiến độ",
  BEHIND: "Chậm",
  NO_DATA: "Chưa có số liệu",
  NOT_APPLICABLE: "Không áp dụng",
};

function countsOf(figure: PublicFigure): string[] {
  const { numerator, denominator, reported, suppressed } = figure;
  const isHidden = suppressed || isRounded(figure);
  return [numerator, denominator, reported].map((each) => (isHidden ? "ẩn" : number(each)));
}

function valueOf(figure: PublicFigure | undefined): string {
  if (!figure) return "—";
  return figure.suppressed ? "ẩn" : number(figure.value);
}

const number = (value: number | null) =>
  value === null ? "—" : value.toLocaleString("vi-VN", { maximumFractionDigits: 1 });

/** `CARRIED: …` as a Vietnamese reader knows it. */
function rulingIn(ruling: string): string {
  const names: Record<string, string> = {
    CARRIED: "tiếp nối",
    FROZEN: "giữ nguyên",
    RETIRED: "không áp dụng",
  };
  return ruling.replace(/^[A-Z]+/u, (basis) => names[basis] ?? basis);
}

const timeOf = (instant: string) =>
  new Date(Date.parse(instant) + 7 * 3_600_000).toISOString().slice(11, 16).replace(":", " giờ ");

function dayOf(instant: string): string {
  const day = new Date(Date.parse(instant) + 7 * 3_600_000).toISOString().slice(0, 10);
  return day.split("-").reverse().join("/");
}
