import type { GraphQLFormattedError } from "graphql";
import type { Path } from "../../subgraph/subgraph-operation";
import type { StalePart } from "../../stale/stale-answers";
import type { PlanError, PlanRun } from "../run-plan";
import { unexplained, type Violation } from "../violation";
import type { Deferral, Place } from "./deferral";
import type { Part } from "./parts";

export interface Telling {
  /** The error as the client is told it, at a path of its own; undefined where it concerns nobody. */
  error(error: PlanError): GraphQLFormattedError | undefined;
  /** A null that the schema does not allow, and that no error explains. */
  violation(violation: Violation): GraphQLFormattedError;
  /** Told of a part that tells errors. */
  errorsTold(): void;
  /** What is told of older answers that are shown; undefined where none is. */
  stale(shown: readonly StalePart[]): object | undefined;
}

interface Waiting {
  part: Part;
  places: Place[];
  isReady: Promise<Part>;
}

interface Written {
  json: string;
  errors: GraphQLFormattedError[];
}

/**
 * Answers in parts, as JSON in the format `deferSpec=20220824`: first what is not deferred, then each part once all that it
 * waits for has come. A part that belongs to what became null is not sent.
 */
export async function* answerInParts(
  deferral: Deferral,
  run: PlanRun,
  telling: Telling,
): AsyncGenerator<string> {
  const answer = new AnswerInParts(deferral, run, telling);
  const [first] = deferral.parts;
  // All begin at once: what is deferred is slow, and need not be slower.
  const ready = new Map(
    deferral.parts.map((part) => [part, run.runPart(deferral.plan, part.index).then(() => part)]),
  );
  // Waited for one after the other below: a failure of one is not to pass for one that nobody has heard of.
  for (const each of ready.values()) each.catch(() => undefined);
  await ready.get(first!);
  const root: Place = { path: [], typename: deferral.rootType, data: run.data };
  const waiting = new Map<Part, Waiting>();
  const send = (part: Part, places: readonly Place[]): Written[] => {
    const written = answer.write(part, places);
    if (written.some(({ errors }) => errors.length > 0)) telling.errorsTold();
    written.forEach(({ json }, index) => {
      const told: unknown = JSON.parse(json);
      for (const [within, found] of deferral.placesWithin(part, places[index]!, told)) {
        const known = waiting.get(within);
        if (known) for (const place of found) known.places.push(place);
        else waiting.set(within, { part: within, places: found, isReady: ready.get(within)! });
      }
    });
    return written;
  };

  const [{ json, errors } = { json: "null", errors: [] }] = send(first!, [root]);
  const told = errors.length > 0 ? `"errors":${JSON.stringify(errors)},` : "";
  yield `{${told}"data":${json}${extensions(answer.stale(first!))},"hasNext":${waiting.size > 0}}`;
  while (waiting.size > 0) {
    const part = await Promise.race([...waiting.values()].map(({ isReady }) => isReady));
    const { places } = waiting.get(part)!;
    waiting.delete(part);
    const written = send(part, places);
    const old = extensions(answer.stale(part));
    const items = written.map((each, index) =>
      incrementalItem(part, places[index]!, each, index === 0 ? old : ""),
    );
    yield `{"incremental":[${items.join(",")}],"hasNext":${waiting.size > 0}}`;
  }
}

const extensions = (told: object | undefined): string =>
  told === undefined ? "" : `,"extensions":${JSON.stringify(told)}`;

function incrementalItem(
  { label }: Part,
  { path }: Place,
  { json, errors }: Written,
  more: string,
): string {
  const named = label === undefined ? "" : `"label":${JSON.stringify(label)},`;
  const told = errors.length > 0 ? `,"errors":${JSON.stringify(errors)}` : "";
  return `{${named}"path":${JSON.stringify(path)},"data":${json}${told}${more}}`;
}

/** What has been sent of one answer, and which errors were told with it. */
class AnswerInParts {
  private readonly sent = new Set<Part>();
  private readonly told = new Set<PlanError>();
  private readonly toldStale = new Set<StalePart>();

  constructor(
    private readonly deferral: Deferral,
    private readonly run: PlanRun,
    private readonly telling: Telling,
  ) {}

  /** For each place, what the part holds there and what went wrong with it. */
  write(part: Part, places: readonly Place[]): Written[] {
    this.sent.add(part);
    const errors = this.errorsAt(part, places);
    return places.map(({ path, typename, data }, index) => {
      const writer = this.deferral.writer(part, typename);
      const { json, violations } = writer.write(data, this.run.shared);
      const told = errors[index]!;
      const found = violations.map((violation) => ({
        ...violation,
        path: [...path, ...violation.path],
      }));
      const more = unexplained(found, told).map((violation) => this.telling.violation(violation));
      return { json, errors: [...told, ...more] };
    });
  }

  /** What the part, or one before it, shows that is old, and was not told yet. */
  stale({ index }: Part): object | undefined {
    const shown = (this.run.stale?.shown ?? []).filter(
      (each) => each.parts?.has(index) === true && !this.toldStale.has(each),
    );
    shown.forEach((each) => this.toldStale.add(each));
    return this.telling.stale(shown);
  }

  /** An error goes with each part that selects what it is about; with the first that waited for it where that was sent. */
  private errorsAt(part: Part, places: readonly Place[]): GraphQLFormattedError[][] {
    const errors: GraphQLFormattedError[][] = places.map(() => []);
    const known = places.map(() => new Set<string>());
    const placesOf = new PlacesByPath(places);
    for (const error of this.run.errors) {
      if (error.parts?.has(part.index) !== true) continue;
      const formatted = this.telling.error(error);
      if (formatted === undefined) continue;
      const { path = [], message } = formatted;
      let at = placesOf.around(path).filter((index) => this.isSelected(part, places[index]!, path));
      if (at.length === 0 && !this.told.has(error) && !this.isStillToCome(path)) at = [0];
      if (at.length > 0) this.told.add(error);
      for (const index of at) {
        const key = JSON.stringify([path, message]);
        if (known[index]!.has(key)) continue;
        known[index]!.add(key);
        errors[index]!.push(formatted);
      }
    }
    return errors;
  }

  private isSelected(part: Part, place: Place, path: Path): boolean {
    return this.deferral.isSelected(part, place, path.slice(place.path.length));
  }

  private isStillToCome(path: Path): boolean {
    const keys = path.filter((step) => typeof step === "string").join(".");
    return this.deferral.parts.some((part) => !this.sent.has(part) && part.selects.has(keys));
  }
}

/** Finds those that lie on the way to a path, however many there are. */
class PlacesByPath {
  private readonly indexes = new Map<string, number[]>();
  private readonly lengths = new Set<number>();

  constructor(places: readonly Place[]) {
    places.forEach(({ path }, index) => {
      this.lengths.add(path.length);
      const key = JSON.stringify(path);
      const known = this.indexes.get(key);
      if (known) known.push(index);
      else this.indexes.set(key, [index]);
    });
  }

  around(path: Path): number[] {
    return [...this.lengths].flatMap((length) =>
      length > path.length ? [] : (this.indexes.get(JSON.stringify(path.slice(0, length))) ?? []),
    );
  }
}
