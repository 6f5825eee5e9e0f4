import { GraphQLError } from "graphql";
import { isProtected, sectorOf } from "../owner-of-data";
import type { Positions } from "../subgraph/subgraph";
import type { ChangeFeed } from "./change-feed";
import type { Cursors } from "./cursor";
import type { Subscriber, Told } from "./subscriber";

interface Arguments {
  sector?: readonly string[] | null;
  year?: number | null;
  after?: string | null;
}

/** One subscription, from the moment it is asked for. */
export interface Subscription {
  /** What the schema's subscription field is resolved by. */
  root: object;
  /** Of the change that was sent last. */
  readonly cursor: string | undefined;
  /** Where a client stands that has read all that was sent; undefined while something waits to be sent. */
  readonly standing: string | undefined;
  end(): void;
}

const BAD_CURSOR = () =>
  new GraphQLError(
    "after không phải con trỏ của hệ thống; hãy bỏ trống để nhận từ bây giờ. / " +
      "after is no cursor of the hub's; leave it out to be told from now on.",
    { extensions: { code: "BAD_USER_INPUT" } },
  );

/** `Subscription.figuresChanged`, over the feed of what is published. */
export class FigureChanges {
  constructor(
    private readonly feed: ChangeFeed,
    private readonly cursors: Cursors,
  ) {}

  /** @param lastEventId where the client stood when its connection broke. */
  begin(lastEventId: string | undefined): Subscription {
    const { feed, cursors } = this;
    let subscriber: Subscriber | undefined;
    let cursor: string | undefined;
    let hasEnded = false;
    const from = (after: string | undefined): Positions | undefined => {
      if (after === undefined) return undefined;
      const positions = cursors.read(after);
      if (positions === undefined) throw BAD_CURSOR();
      return positions;
    };
    async function* told(following: Subscriber) {
      for await (const each of following.changes()) {
        cursor = cursors.write(each.positions);
        yield { figuresChanged: asTold(each, cursor) };
      }
    }
    return {
      root: {
        figuresChanged: async ({ sector, year, after }: Arguments) => {
          const positions = from(after ?? lastEventId);
          subscriber = await feed.subscribe(positions, (each) => isWanted(each, sector, year));
          if (hasEnded) subscriber.end();
          return told(subscriber);
        },
      },
      get cursor() {
        return cursor;
      },
      get standing() {
        const positions = subscriber?.standing;
        return positions && cursors.write(positions);
      },
      end: () => {
        hasEnded = true;
        subscriber?.end();
      },
    };
  }
}

function isWanted(
  { owner, change }: Told,
  sectors: readonly string[] | null | undefined,
  year: number | null | undefined,
): boolean {
  const isOfSector = !sectors || sectors.includes(sectorOf(owner) ?? "");
  return isOfSector && (year == null || change.year === null || change.year === year);
}

function asTold({ subgraph, owner, change }: Told, cursor: string): object {
  const { at, kind, year, sequence } = change;
  const dataVersion = isProtected(owner) ? null : sequence;
  return { cursor, subgraph, sector: sectorOf(owner), kind, year, at, dataVersion };
}
