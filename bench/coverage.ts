import { deepStrictEqual } from "node:assert";
import { connect } from "node:net";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Database } from "../subgraphs/foundation/database";
import { asker, signedIn, startHubGateway, startSubgraphs } from "../test/testkit/hub";
import { territory } from "../test/testkit/institutions";
import { auditor } from "../test/testkit/viewers";
import { median, publish, sideBySide, type Contender } from "./side-by-side";

/**
 * How long the library shares (L1 to L6) of the province and its 38 units take: through the gateway, from the subgraph, and
 * from hand-written SQL with a plain loop over the units; `floor` is one empty round trip to each database. The whole
 * acceptance query stands beside them.
 */

const YEAR = 2025;
const SHARES =
  "libraryIndicators(year: 2025) { indicator { code } numerator denominator reported }";
const ACCEPTANCE = readFileSync(
  join(__dirname, "../schema/operations/cross-sector-coverage.graphql"),
  "utf8",
);
const UNITS = [
  territory.withCode("12", "2025-12-31")!,
  ...territory.childrenOf("unit:12", "2025-12-31").sort((a, b) => (a.code < b.code ? -1 : 1)),
];

/** `[unit code, indicator, numerator, denominator, reported]`, sorted: what every contender must agree on. */
type Shares = [string, string, number, number, number][];

const RULES: { code: string; owners: string[]; kinds: string[]; kindOn: string }[] = [
  { code: "L1", owners: ["culture"], kinds: ["PROVINCIAL_PUBLIC"], kindOn: "2025-12-31" },
  { code: "L2", owners: ["culture"], kinds: ["DISTRICT_PUBLIC"], kindOn: "2025-06-30" },
  { code: "L3", owners: ["culture"], kinds: ["COMMUNE_PUBLIC"], kindOn: "2025-12-31" },
  {
    code: "L4",
    owners: ["culture"],
    kinds: ["SPECIALISED", "BOOK_COLLECTION"],
    kindOn: "2025-12-31",
  },
  { code: "L5", owners: ["armed-forces"], kinds: ["ARMED_FORCES"], kindOn: "2025-12-31" },
  {
    code: "L6",
    owners: ["education", "labour"],
    kinds: ["GENERAL_EDUCATION", "VOCATIONAL_EDUCATION", "OTHER_EDUCATION"],
    kindOn: "2025-12-31",
  },
];

/** What somebody would write who had only this one question. */
async function byHand(databases: ReadonlyMap<string, Database>): Promise<Shares> {
  const shares: Shares = [];
  for (const { code, owners, kinds, kindOn } of RULES) {
    const rows: { unit_id: string; n: unknown; reported: unknown; yes: unknown }[] = [];
    for (const owner of owners) {
      const found = await databases.get(`libraries/${owner}`)!.read((manager) =>
        manager.query<typeof rows>(
          `SELECT p.unit_id, COUNT(*) AS n, COUNT(r.provides_lifelong_learning) AS reported,
                    SUM(COALESCE(r.provides_lifelong_learning, 0)) AS yes
             FROM library i
             JOIN library_kind k ON k.institution_id = i.id AND k.kind IN (${kinds.map(() => "?").join()})
              AND (k.from_on IS NULL OR k.from_on <= ?) AND (k.until_on IS NULL OR k.until_on > ?)
             JOIN library_placement p ON p.institution_id = i.id AND p.until_on IS NULL
             LEFT JOIN library_report r ON r.institution_id = i.id AND r.year = ? AND r.state = 'APPROVED'
              AND r.revision = (SELECT MAX(n.revision) FROM library_report n
                                WHERE n.institution_id = i.id AND n.year = r.year AND n.state = 'APPROVED')
             WHERE (i.opened_on IS NULL OR i.opened_on <= '2025-12-31') AND (i.closed_on IS NULL OR i.closed_on > '2025-12-31')
             GROUP BY p.unit_id`,
          [...kinds, kindOn, kindOn, YEAR],
        ),
      );
      rows.push(...found);
    }
    for (const unit of UNITS) {
      const inside = rows.filter(
        ({ unit_id }) => territory.relation(unit.id, unit_id) === "INSIDE",
      );
      const sum = (key: "n" | "reported" | "yes") =>
        inside.reduce((total, row) => total + Number(row[key]), 0);
      shares.push([unit.code, code, sum("yes"), sum("n"), sum("reported")]);
    }
  }
  return sorted(shares);
}

interface Figured {
  code: string;
  libraryIndicators: {
    indicator: { code: string };
    numerator: number;
    denominator: number;
    reported: number;
  }[];
}

function sharesOf(units: Figured[]): Shares {
  return sorted(
    units.flatMap(({ code, libraryIndicators }) =>
      libraryIndicators
        .filter(({ indicator }) => indicator.code !== "L7")
        .map((figure): Shares[number] => [
          code,
          figure.indicator.code,
          figure.numerator,
          figure.denominator,
          figure.reported,
        ]),
    ),
  );
}

function sorted(shares: Shares): Shares {
  return shares.sort((a, b) => `${a[0]} ${a[1]}`.localeCompare(`${b[0]} ${b[1]}`));
}

async function measure(engine: "sqlite" | "mariadb"): Promise<Record<string, string | number>[]> {
  process.env.TEST_DATABASE = engine === "mariadb" ? "mysql" : "sqlite";
  const subgraphs = await startSubgraphs();
  const gateway = await startHubGateway(subgraphs.urls, { folder: subgraphs.folder });
  // Somebody from whom nothing is withheld, since raw SQL withholds nothing either.
  const headers = await signedIn(subgraphs.folder, auditor);
  const askHub = (query: string, variables?: object) =>
    asker(gateway.url)(query, variables, headers);
  const askLibraries = (query: string, variables?: object) =>
    asker(subgraphs.urls.libraries!)(query, variables, headers);
  const representations = UNITS.map(({ id }) => ({ __typename: "AdministrativeUnit", id }));

  const contenders: Contender<Shares>[] = [
    {
      name: "hub",
      run: async () => {
        const { data } = await askHub(
          `{ administrativeUnit(code: "12", asOf: "2025-12-31") { code ${SHARES} subdivisions { code ${SHARES} } } }`,
        );
        const { subdivisions, ...province } = data.administrativeUnit;
        return sharesOf([province, ...subdivisions]);
      },
    },
    {
      name: "subgraph",
      run: async () => {
        const { data } = await askLibraries(
          `query ($units: [_Any!]!) { _entities(representations: $units) { ... on AdministrativeUnit { ${SHARES} } } }`,
          { units: representations },
        );
        return sharesOf(
          data._entities.map((unit: Figured, index: number) => ({
            ...unit,
            code: UNITS[index]!.code,
          })),
        );
      },
    },
    { name: "raw-sql", run: () => byHand(subgraphs.databases) },
  ];
  const floor: Contender<unknown> = {
    name: "floor",
    run: () =>
      Promise.all(
        [...subgraphs.databases]
          .filter(([name]) => name.startsWith("libraries/"))
          .map(([, database]) => database.read((manager) => manager.query("SELECT 1"))),
      ),
  };
  const acceptance: Contender<unknown> = {
    name: "hub",
    run: () => askHub(ACCEPTANCE, { code: "12", year: YEAR }),
  };

  const statements = new Map<string, number>();
  const counted = async ({ run }: Contender<unknown>) => {
    subgraphs.statements.clear();
    await run();
    return [...subgraphs.statements.values()].reduce((sum, each) => sum + each, 0);
  };
  const truth = await contenders[2]!.run();
  for (const contender of contenders) {
    deepStrictEqual(await contender.run(), truth, `${contender.name} answers otherwise`);
    statements.set(contender.name, await counted(contender));
  }
  const rows: Record<string, string | number>[] = [];
  const row = (name: string, contender: string, times: number[], asked: number) =>
    rows.push({
      case: name,
      engine,
      scale: "province",
      contender,
      medianMs: Number(median(times).toFixed(2)),
      statements: asked,
    });
  const times = await sideBySide([...contenders, floor], { rounds: 30, warmUp: 5 });
  for (const [name, each] of times)
    row("library-shares-of-39-units", name, each, statements.get(name) ?? (await counted(floor)));
  const whole = await sideBySide([acceptance], { rounds: 30, warmUp: 5 });
  row("cross-sector-coverage", "hub", whole.get("hub")!, await counted(acceptance));

  await gateway.stop();
  await subgraphs.stop();
  return rows;
}

function mariadbAnswers(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(3306, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

async function run(): Promise<void> {
  const rows = await measure("sqlite");
  if (await mariadbAnswers()) rows.push(...(await measure("mariadb")));
  else console.log("MariaDB does not answer on 127.0.0.1:3306: only SQLite was measured.");
  publish("coverage", rows);
}

run().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
