import { existsSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { projectFiles, readProjectFile, ROOT } from "./testkit/project-files";

const files = projectFiles();
const sources = files.filter((path) => /\.tsx?$/u.test(path));
const rooms = sources.filter((path) =>
  /^(telemetry|gateway|subgraphs|schema|dashboard)\//u.test(path),
);

interface Import {
  from: string;
  /** A path from the root for our own files, the package's name otherwise. */
  to: string;
  typesOnly: boolean;
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s+(?<type>type\s)?(?:[^"';]*?\sfrom\s+)?"(?<name>[^"]+)"|\b(?:import|require)\(\s*"(?<late>[^"]+)"\s*\)/gu;

function importsOf(from: string): Import[] {
  return [...readProjectFile(from).matchAll(IMPORT)].map(({ groups }) => {
    const name = groups?.name ?? groups?.late ?? "";
    const to = name.startsWith(".") ? relative(ROOT, join(ROOT, dirname(from), name)) : name;
    return { from, to, typesOnly: groups?.type !== undefined };
  });
}

const imports = sources.flatMap(importsOf);
const told = ({ from, to }: Import) => `${from} imports ${to}`;
const role = (path: string) => /\.([a-z]+)\.tsx?$/u.exec(path)?.[1];
const subgraphOf = (path: string) => /^subgraphs\/([^/]+)\//u.exec(path)?.[1];
const isMigration = (path: string) => path.includes("/migrations/");

/** What is imported by files that fit the first question and answers yes to the second. */
function found(isFrom: (path: string) => boolean, isWrong: (item: Import) => boolean): string[] {
  return imports.filter((item) => isFrom(item.from) && isWrong(item)).map(told);
}

describe("Imports", () => {
  it("lead from the gateway to no subgraph: it knows them by the supergraph alone", () => {
    expect(
      found(
        (from) => from.startsWith("gateway/"),
        ({ to }) => to.startsWith("subgraphs/"),
      ),
    ).toEqual([]);
  });

  it("lead from a subgraph to itself, the foundation and packages only", () => {
    const own = /^(subgraphs|gateway|schema|cli|test|bench|dashboard)\//u;
    const mayUse = (from: string, to: string) =>
      !own.test(to) || [subgraphOf(from), "foundation"].includes(subgraphOf(to));

    expect(
      found(
        (from) => from.startsWith("subgraphs/"),
        ({ from, to }) => !mayUse(from, to),
      ),
    ).toEqual([]);
  });

  it("lead from the dashboard to itself and packages only: what it knows of the hub is drawn from the contract", () => {
    expect(
      found(
        (from) => from.startsWith("dashboard/"),
        ({ to }) => /^(access|gateway|subgraphs|schema|cli|test|bench|node:)/u.test(to),
      ),
    ).toEqual([]);
  });

  it("lead from the telemetry to itself and packages only: gateway and subgraphs both stand on it", () => {
    expect(
      found(
        (from) => from.startsWith("telemetry/"),
        ({ to }) => /^(access|gateway|subgraphs|schema|sheet|cli|test|bench|dashboard)\//u.test(to),
      ),
    ).toEqual([]);
  });

  it("lead from what runs in service to no test, benchmark or command", () => {
    expect(
      found(
        (from) => rooms.includes(from),
        ({ to }) => /^(test|bench|cli)\//u.test(to),
      ),
    ).toEqual([]);
  });

  it("keep GraphQL and the request's context out of records, repositories and migrations", () => {
    expect(
      found(
        (from) => role(from) === "record" || role(from) === "repository" || isMigration(from),
        ({ to }) => to === "graphql" || to.startsWith("@apollo/") || /(^|[/-])context$/u.test(to),
      ),
    ).toEqual([]);
  });

  it("keep the database engine out of loaders and services, and GraphQL out of services", () => {
    const isEngine = (to: string) => ["typeorm", "better-sqlite3", "mysql2"].includes(to);

    expect(
      found(
        (from) => role(from) === "loaders" || role(from) === "service",
        ({ to }) => isEngine(to),
      ),
    ).toEqual([]);
    expect(
      found(
        (from) => role(from) === "service",
        ({ to }) => to === "graphql",
      ),
    ).toEqual([]);
  });

  it("keep repositories, records and the engine out of resolvers, save for their types", () => {
    expect(
      found(
        (from) => role(from) === "resolvers",
        ({ to, typesOnly }) => !typesOnly && /\.(repository|record)$|^typeorm$/u.test(to),
      ),
    ).toEqual([]);
  });
});

describe("File names", () => {
  const ROLES = new Set([
    "resolvers",
    "loaders",
    "service",
    "repository",
    "record",
    "messages",
    "test",
    "bench",
    "d",
  ]);
  const NO_CONCEPT = new Set(["utils", "util", "helpers", "helper", "misc", "types", "constants"]);
  /** The program that draws types, named after its command. */
  const PROGRAMS = new Set(["schema/types.ts"]);
  const named = files.filter(
    (path) => /\.(tsx?|mjs|graphql|sql)$/u.test(path) && path.includes("/"),
  );

  it("are kebab-case, a concept and at most one role of the closed list", () => {
    const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/u;
    const isWrong = (path: string) => {
      const [concept = "", ...rest] = basename(path).split(".");
      const roles = rest.slice(0, -1);
      return !kebab.test(concept) || roles.length > 1 || roles.some((each) => !ROLES.has(each));
    };

    expect(named.filter(isWrong)).toEqual([]);
    const folders = new Set(named.flatMap((path) => dirname(path).split("/")));
    expect([...folders].filter((folder) => !kebab.test(folder) && folder !== ".ci")).toEqual([]);
  });

  it("name a concept: no utils, helpers, misc, types or constants", () => {
    const isWrong = (path: string) => NO_CONCEPT.has(basename(path).split(".")[0] ?? "");

    expect(named.filter((path) => isWrong(path) && !PROGRAMS.has(path))).toEqual([]);
  });

  it("leave index.ts to the lists of migrations", () => {
    const indexes = named.filter((path) => basename(path) === "index.ts");

    expect(indexes.filter((path) => !path.endsWith("/database/migrations/index.ts"))).toEqual([]);
  });

  it("of migrations begin with the instant that TypeORM reads from their class, and stand in the list", () => {
    const migrations = named.filter(
      (path) => isMigration(path) && path.endsWith(".ts") && basename(path) !== "index.ts",
    );
    const isListed = (path: string) =>
      readProjectFile(`${dirname(path)}/index.ts`).includes(`"./${basename(path, ".ts")}"`);
    const hasItsInstant = (path: string) => {
      const instant = /^(\d{13})-/u.exec(basename(path))?.[1];
      return (
        instant !== undefined &&
        new RegExp(`class \\w+${instant}\\b`, "u").test(readProjectFile(path))
      );
    };

    expect(migrations.length).toBeGreaterThan(0);
    expect(migrations.filter((path) => !isListed(path) || !hasItsInstant(path))).toEqual([]);
  });
});

describe("The code", () => {
  it("never lets TypeORM change tables by itself", () => {
    const pattern = /synchronize:\s*true|dropSchema:\s*true/u;

    expect(
      sources.filter(
        (path) => path !== "test/house.test.ts" && pattern.test(readProjectFile(path)),
      ),
    ).toEqual([]);
  });

  it("leaves no test out and runs none alone", () => {
    const pattern =
      /\b(?:it|test|describe)\.(?:only|skip|todo)\b|\b(?:xit|fit|xdescribe|fdescribe)\(/u;
    const tests = sources.filter((path) => path.endsWith(".test.ts"));

    expect(
      tests.filter((path) => path !== "test/house.test.ts" && pattern.test(readProjectFile(path))),
    ).toEqual([]);
  });

  it("reads the environment only where settings are read", () => {
    const mayRead = (path: string) =>
      /(^|\/)(environment|settings)\.ts$/u.test(path) || /^(cli|test|bench)\//u.test(path);
    const reads = (path: string) => /\bprocess\.env\b(?!\.NODE_ENV")/u.test(codeOf(path));

    expect(sources.filter((path) => !mayRead(path) && reads(path))).toEqual([]);
  });
});

/** The file without its comments, which may speak of what the code must not do. */
function codeOf(path: string): string {
  return readProjectFile(path).replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gmu, "");
}

interface PackageJson {
  license?: string;
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  allowScripts: Record<string, boolean>;
}

interface LockedPackage {
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  version?: string;
  resolved?: string;
  integrity?: string;
  deprecated?: string;
  hasInstallScript?: boolean;
}

describe("Packages", () => {
  const project = JSON.parse(readProjectFile("package.json")) as PackageJson;
  const lock = JSON.parse(readProjectFile("package-lock.json")) as {
    packages: Record<string, LockedPackage>;
  };
  const direct = Object.keys({ ...project.dependencies, ...project.devDependencies });
  const installed = (name: string) =>
    JSON.parse(readProjectFile(`node_modules/${name}/package.json`)) as PackageJson;

  it("used directly have a licence that lets anybody run the hub; the Elastic License is Apollo Federation's alone", () => {
    const free = /^(MIT|OFL-1\.1|ISC|BSD-[23]-Clause|Apache-2\.0)$/u;
    const others = direct
      .map((name) => `${name}: ${installed(name).license ?? "none"}`)
      .filter((line) => !free.test(line.split(": ")[1] ?? ""));

    const federation = ["composition", "federation-internals", "gateway", "query-planner"];
    const elastic = federation.map((part) => `@apollo/${part}: Elastic-2.0`);
    // What only the tests use is not handed on with the hub.
    expect(others).toEqual([...elastic, "axe-core: MPL-2.0"]);
    expect(Object.keys(project.dependencies)).not.toContain("axe-core");
    expect(readProjectFile("README.md")).toContain("Elastic License 2.0");
  });

  it("used directly are pinned by the lock file to one version and its digest", () => {
    const loose = direct.filter((name) => {
      const locked = lock.packages[`node_modules/${name}`];
      return !locked?.version || !locked.integrity;
    });

    expect(loose).toEqual([]);
  });

  it("bring their own into the lock file for every platform, or `npm ci` refuses it", () => {
    const isLocked = (from: string, name: string): boolean => {
      if (`${from === "" ? "" : `${from}/`}node_modules/${name}` in lock.packages) return true;
      if (from === "") return false;
      return isLocked(from.slice(0, Math.max(0, from.lastIndexOf("/node_modules/"))), name);
    };
    const missing = Object.entries(lock.packages).flatMap(([path, each]) =>
      Object.keys({ ...each.dependencies, ...each.optionalDependencies })
        .filter((name) => !isLocked(path, name))
        .map((name) => `${name}, for ${path}`),
    );

    expect(missing).toEqual([]);
  });

  it("are none that their makers have given up", () => {
    const deprecated = Object.entries(lock.packages).filter(([, each]) => each.deprecated);

    expect(deprecated.map(([name, each]) => `${name}: ${each.deprecated ?? ""}`)).toEqual([]);
  });

  it("run no script on installing, save better-sqlite3", () => {
    const allowed = Object.entries(project.allowScripts).filter(([, may]) => may);
    const scripted = Object.entries(lock.packages)
      .filter(([, each]) => each.hasInstallScript)
      .map(([path]) => path.replace(/^.*node_modules\//u, ""));

    expect(allowed).toEqual([["better-sqlite3", true]]);
    expect(scripted.filter((name) => !(name in project.allowScripts))).toEqual([]);
  });

  it("come from wherever npm is set up to look: no file names a registry", () => {
    const registry = /\bregistry\.[a-z0-9-]+\.[a-z]{2,}|"resolved":\s*"https?:|^\s*registry\s*=/imu;
    const readable = files.filter((path) => !/\.(ttf|woff2?|png|ico|sqlite)$/u.test(path));

    expect(
      readable.filter(
        (path) => path !== "test/house.test.ts" && registry.test(readProjectFile(path)),
      ),
    ).toEqual([]);
  });

  it("and scripts name only files that are there", () => {
    const missing = Object.entries(project.scripts).flatMap(([name, line]) =>
      [...line.matchAll(/\btsx ([^\s&]+\.ts)/gu)].flatMap(([, path = ""]) =>
        existsSync(join(ROOT, path)) ? [] : [`${name}: ${path}`],
      ),
    );

    expect(missing).toEqual([]);
  });
});
