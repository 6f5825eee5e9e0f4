import type { DocumentAnswer } from "../ask-document";
import type { Row } from "../rows/flatten";
import { PartialAnswer } from "../rows/missing";
import { pagesOf } from "../rows/pages";
import type { EntitySet } from "./entity-set";
import { order } from "./filter-functions";
import { notDone, wrong } from "./odata-error";
import type { QueryOptions } from "./query-options";

/** Where a row stands: which asking brought it, by which cursor, and at which place of that answer. */
interface Place {
  asking: number;
  cursor: string | null;
  at: number;
}

export interface FeedPage {
  rows: Row[];
  /** Of all rows that the filter passes; undefined unless it was asked for. */
  count: number | undefined;
  /** For `$skiptoken`; undefined after the last row. */
  next: string | undefined;
}

type Ask = (variables: Readonly<Record<string, unknown>>) => Promise<DocumentAnswer>;

/** More rows than this are not put in order here. */
const MAX_SORTED = 50_000;
const BEGIN: Place = { asking: 0, cursor: null, at: 0 };

/** Reads an entity set page by page, as far as a page needs, by what the caller may see. */
export class Feed {
  constructor(
    private readonly set: EntitySet,
    /** Of the operation, from the address. */
    private readonly variables: Readonly<Record<string, unknown>>,
    /** The years that a yearly set is asked for. */
    private readonly years: readonly number[],
    private readonly ask: Ask,
  ) {}

  /** How many rows the filter passes. */
  async count(options: QueryOptions): Promise<number> {
    let count = 0;
    for await (const _ of this.passing(options, BEGIN)) count += 1;
    return count;
  }

  async page(options: QueryOptions, size: number): Promise<FeedPage> {
    const { orderBy, top = Infinity, skip, skipToken, wantsCount } = options;
    const count = wantsCount ? await this.count(options) : undefined;
    const wanted = Math.min(top, size);
    if (orderBy.length > 0) {
      const begin = (skipToken === undefined ? 0 : readOffset(skipToken)) + skip;
      const rows = (await this.sorted(options)).slice(begin);
      const isMore = rows.length > wanted && top > size;
      return {
        rows: rows.slice(0, wanted),
        count,
        next: isMore ? writeToken(begin + wanted) : undefined,
      };
    }
    const rows: Row[] = [];
    if (wanted === 0) return { rows, count, next: undefined };
    let passed = 0;
    for await (const { row, place } of this.passing(options, readPlace(skipToken))) {
      passed += 1;
      if (passed <= skip) continue;
      if (rows.length === wanted)
        return { rows, count, next: top > size ? writeToken(place) : undefined };
      rows.push(row);
    }
    return { rows, count, next: undefined };
  }

  /** By what the caller wants, then by key: so an order with equals is the same for every page. */
  private async sorted(options: QueryOptions): Promise<Row[]> {
    const rows: Row[] = [];
    for await (const { row } of this.passing(options, BEGIN)) {
      rows.push(row);
      if (rows.length > MAX_SORTED) throw notDone(`$orderby (> ${MAX_SORTED})`);
    }
    const by = [
      ...options.orderBy,
      ...this.set.key.map((property) => ({ property, isDescending: false })),
    ];
    return rows.sort((a, b) => {
      for (const { property, isDescending } of by) {
        const compared = nullsFirst(a[property.at], b[property.at]);
        if (compared !== 0) return isDescending ? -compared : compared;
      }
      return 0;
    });
  }

  private async *passing(
    { filter }: QueryOptions,
    from: Place,
  ): AsyncGenerator<{ row: Row; place: Place }> {
    const askings = this.askings();
    for (let asking = from.asking; asking < askings.length; asking += 1) {
      const { variables, year } = askings[asking]!;
      const { yearly, table, key } = this.set;
      if (yearly && filter?.mayHold(yearly.at, year!) === false) continue;
      const isFirst = asking === from.asking;
      const cursor = isFirst && from.cursor !== null ? { after: from.cursor } : {};
      let begin = isFirst ? from.at : 0;
      for await (const page of pagesOf(table, { ...variables, ...cursor }, this.ask)) {
        if (page.missing.length > 0) throw new PartialAnswer(page.missing);
        for (let at = begin; at < page.rows.length; at += 1) {
          const row = page.rows[at]!;
          // An object above without any of these has a row of its own, and no key.
          if (key.some((property) => row[property.at] === null)) continue;
          if (filter?.holds(row) === false) continue;
          const after = page.asked.after;
          yield { row, place: { asking, at, cursor: typeof after === "string" ? after : null } };
        }
        begin = 0;
      }
    }
  }

  private askings(): { variables: Readonly<Record<string, unknown>>; year?: number }[] {
    if (!this.set.yearly) return [{ variables: this.variables }];
    return this.years.map((year) => ({ variables: { ...this.variables, year }, year }));
  }
}

const nullsFirst = (a: unknown, b: unknown): number => {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  return order(a, b);
};

const writeToken = (token: Place | number): string =>
  Buffer.from(JSON.stringify(token)).toString("base64url");

function readToken(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, "base64url").toString("utf8"));
  } catch {
    throw strangeToken();
  }
}

const strangeToken = () =>
  wrong(
    "$skiptoken không phải do dịch vụ này cấp cho câu hỏi này.",
    "$skiptoken is none that this service gave for this question.",
  );

function readOffset(token: string): number {
  const offset = readToken(token);
  if (typeof offset !== "number" || !Number.isInteger(offset) || offset < 0) throw strangeToken();
  return offset;
}

function readPlace(token: string | undefined): Place {
  if (token === undefined) return BEGIN;
  const { asking, cursor, at } = (readToken(token) ?? {}) as Partial<Place>;
  const isCount = (value: unknown) => Number.isInteger(value) && (value as number) >= 0;
  const isCursor = cursor === null || typeof cursor === "string";
  if (!isCount(asking) || !isCount(at) || !isCursor) throw strangeToken();
  return { asking: asking!, at: at!, cursor };
}
