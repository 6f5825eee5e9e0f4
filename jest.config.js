/** Published as ES modules only, which jest reads once they are turned into CommonJS. */
const ES_MODULES = [
  "jose",
  "write-excel-file",
  "docx",
  "nanoid",
  "openid-client",
  "oauth4webapi",
  "oidc-provider",
];

/** They import while they run, which jest does only once it is turned into `require`. */
const LATE_IMPORTS = [
  "@opentelemetry/exporter-trace-otlp-http",
  "@opentelemetry/otlp-exporter-base",
];

/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  setupFilesAfterEnv: ["<rootDir>/test/testkit/second-try.ts"],
  // Whole hubs start in these tests, on machines that may be busy; what must be quick says so itself.
  testTimeout: 60_000,
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  // What no database server can tell apart, for it has none or one of its own: executors compared, pages in a browser, hostile
  // requests, commands over files, gateways over subgraphs that hold their data in memory; and the second count, which reads
  // files of its own.
  testPathIgnorePatterns:
    process.env.TEST_DATABASE === "mysql"
      ? [
          "<rootDir>/test/(access|cli|dashboard|deploy|docs|fuzz|recount|schema|sheet|house)",
          "<rootDir>/test/gateway/(abandoned|carried|defer|differential|environment|error-report|graph|hostile-requests|hub-faults)",
          "<rootDir>/test/gateway/(last-answers|limits|load-shedding|map|metrics|node|operation-memory|refused-connections)",
          "<rootDir>/test/gateway/(security-headers|session|slow-clients|squeezed-answer|stale|subgraph-|supergraph|work-turns)",
        ]
      : [],
  transform: {
    "^.+\\.[jt]s$": [
      "@swc/jest",
      {
        jsc: {
          parser: { syntax: "typescript", decorators: true },
          transform: {
            legacyDecorator: true,
            decoratorMetadata: false,
            useDefineForClassFields: false,
          },
          target: "es2022",
        },
        module: { type: "commonjs" },
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${[...ES_MODULES, ...LATE_IMPORTS].join("|")})/)`],
  watchman: false,
  // A process that has run fifty files holds gigabytes of their modules and collects garbage half of its time: another one goes on.
  workerIdleMemoryLimit: "1GB",
  // Half of a test is waiting for its browser or its processes: two go on together, also on two cores.
  maxWorkers: 2,
};
