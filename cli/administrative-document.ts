import {
  AlignmentType,
  BorderStyle,
  convertMillimetersToTwip,
  Document,
  Header,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
  type IRunOptions,
} from "docx";

/** Sizes of Decree 30/2020/NĐ-CP, annex I: half points. */
const BODY = 28;
const SMALL = 24;
const FONT = "Times New Roman";
const NO_BORDER = { style: BorderStyle.NONE, size: 0, color: "FFFFFF" };
const NO_BORDERS = {
  top: NO_BORDER,
  bottom: NO_BORDER,
  left: NO_BORDER,
  right: NO_BORDER,
  insideHorizontal: NO_BORDER,
  insideVertical: NO_BORDER,
};
/** Of the text between the margins, and of the two halves of the head. */
const TEXT_WIDTH_MM = 165;
const LEFT_SHARE = 42;

/** Who issues a document: the body above, its own name, what it signs numbers with, and who signs. */
export interface Issuer {
  above: string;
  name: string;
  /** `SVHTTDL`. */
  symbol: string;
  place: string;
  /** `GIÁM ĐỐC`. */
  signer: string;
}

/**
 * A document named by its kind (báo cáo) on A4, in the layout of Decree 30/2020/NĐ-CP, annex I: the issuing body and the national
 * title side by side with their lines, number, place and day to be filled in, the kind and the subject with its line, and at
 * the end who receives it and who signs. Pages but the first are numbered in the middle of the upper margin.
 */
export function writeDocument(
  issuer: Issuer,
  {
    title,
    kind,
    symbol,
    subject,
  }: { title: string; kind: string; symbol: string; subject: string },
  content: readonly (Paragraph | Table)[],
  recipients: readonly string[],
): Promise<Buffer> {
  const number = new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [run({ children: [PageNumber.CURRENT], size: BODY })],
  });
  const document = new Document({
    creator: issuer.name,
    title,
    styles: { default: { document: { run: { font: FONT, size: BODY } } } },
    sections: [
      {
        properties: {
          titlePage: true,
          page: {
            size: { width: mm(210), height: mm(297) },
            margin: { top: mm(20), bottom: mm(20), left: mm(30), right: mm(15) },
          },
        },
        headers: {
          first: new Header({ children: [new Paragraph({})] }),
          default: new Header({ children: [number] }),
        },
        children: [
          head(issuer, symbol),
          centred(kind, { bold: true, before: 300 }),
          centred(subject, { bold: true }),
          line(TEXT_WIDTH_MM, 55),
          ...content,
          foot(issuer, recipients),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}

const run = (options: IRunOptions) => new TextRun(options);

const mm = (millimetres: number) => convertMillimetersToTwip(millimetres);

/** A line in the middle of so wide a place. */
function line(placeMm: number, lengthMm: number): Paragraph {
  const side = mm((placeMm - lengthMm) / 2);
  return new Paragraph({
    spacing: { before: 0, after: 60, line: 60, lineRule: "exact" },
    indent: { left: side, right: side },
    border: { bottom: { style: BorderStyle.SINGLE, size: 6, space: 1, color: "000000" } },
  });
}

function head({ above, name, symbol: own, place }: Issuer, kind: string): Table {
  const cell = (lines: Paragraph[], share: number) =>
    new TableCell({
      width: { size: share, type: WidthType.PERCENTAGE },
      margins: { left: 0, right: 0 },
      children: lines,
    });
  const width = (share: number) => (TEXT_WIDTH_MM * share) / 100;
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    borders: NO_BORDERS,
    rows: [
      new TableRow({
        children: [
          cell(
            [
              centred(above, { size: SMALL }),
              centred(name.toUpperCase(), { size: SMALL, bold: true }),
              line(width(LEFT_SHARE), 25),
              centred(`Số:        /${kind}-${own}`, { size: 26, before: 60 }),
            ],
            LEFT_SHARE,
          ),
          cell(
            [
              centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", { size: SMALL, bold: true }),
              centred("Độc lập - Tự do - Hạnh phúc", { size: 26, bold: true }),
              line(width(100 - LEFT_SHARE), 56),
              centred(`${place}, ngày      tháng      năm`, {
                size: 26,
                italics: true,
                before: 60,
              }),
            ],
            100 - LEFT_SHARE,
          ),
        ],
      }),
    ],
  });
}

function foot({ signer }: Issuer, recipients: readonly string[]): Table {
  const left = (text: string, more: { bold?: boolean; italics?: boolean; size?: number } = {}) =>
    new Paragraph({ children: [run({ text, size: 22, ...more })] });
  const half = { size: 50, type: WidthType.PERCENTAGE };
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    borders: NO_BORDERS,
    rows: [
      new TableRow({
        cantSplit: true,
        children: [
          new TableCell({
            width: half,
            children: [
              left("Nơi nhận:", { bold: true, italics: true, size: SMALL }),
              ...recipients.map((each, index) =>
                left(`- ${each}${index === recipients.length - 1 ? "." : ";"}`),
              ),
            ],
          }),
          new TableCell({
            width: half,
            children: [
              centred(signer, { bold: true }),
              centred("(Ký, ghi rõ họ tên, đóng dấu)", { italics: true, size: SMALL }),
            ],
          }),
        ],
      }),
    ],
  });
}

/** @param left how many of the first columns hold words; the others hold figures. */
export function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  shares: readonly number[],
  { size = 22, left = 1 }: { size?: number; left?: number } = {},
): Table {
  const cell = (text: string, index: number, bold: boolean) =>
    new TableCell({
      width: { size: shares[index]!, type: WidthType.PERCENTAGE },
      verticalAlign: VerticalAlignTable.CENTER,
      children: [
        new Paragraph({
          alignment: index < left ? AlignmentType.LEFT : AlignmentType.CENTER,
          children: [run({ text, bold, size })],
        }),
      ],
    });
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: [
      new TableRow({
        tableHeader: true,
        children: header.map((text, index) => cell(text, index, true)),
      }),
      ...rows.map(
        (row) =>
          new TableRow({
            cantSplit: true,
            children: row.map((text, index) => cell(text, index, false)),
          }),
      ),
    ],
  });
}

export const heading = (text: string) =>
  new Paragraph({
    spacing: { before: 240, after: 120 },
    keepNext: true,
    children: [run({ text, bold: true })],
  });

export const body = (text: string) =>
  new Paragraph({
    alignment: AlignmentType.JUSTIFIED,
    spacing: { before: 120, after: 120 },
    indent: { firstLine: mm(10) },
    children: [new TextRun(text)],
  });

export function centred(
  text: string,
  {
    size = BODY,
    bold = false,
    italics = false,
    before = 0,
    after = 0,
  }: {
    size?: number;
    bold?: boolean;
    italics?: boolean;
    before?: number;
    after?: number;
  } = {},
): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { before, after },
    children: [run({ text, size, bold, italics })],
  });
}

/** What a reader must know of a table, below it. */
export const note = (text: string) =>
  new Paragraph({
    spacing: { before: 60 },
    children: [run({ text: `- ${text}`, italics: true, size: 22 })],
  });

/** A text that is copied letter by letter, such as a hash. */
export const verbatim = (text: string) =>
  new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { after: 240 },
    children: [run({ text, size: 20, font: "Courier New" })],
  });
