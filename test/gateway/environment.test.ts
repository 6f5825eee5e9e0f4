import { resolve } from "node:path";
import { readEnvironment } from "../../gateway/environment";

describe("the gateway's settings", () => {
  it("need none to be given", () => {
    expect(readEnvironment({})).toEqual({
      port: 4000,
      host: "127.0.0.1",
      supergraphPath: resolve(__dirname, "../../schema/supergraph.graphql"),
      subgraphUrls: {
        libraries: "http://127.0.0.1:4001/graphql",
        museums: "http://127.0.0.1:4002/graphql",
        "cultural-centres": "http://127.0.0.1:4003/graphql",
        "agency-tasks": "http://127.0.0.1:4004/graphql",
      },
      subgraphDeadlineMs: 2000,
      executor: "compiled",
      operationsPath: resolve(__dirname, "../../schema/operations"),
      anonymousOperations: "any",
      answerCacheMb: 64,
      lastAnswersMb: 32,
      clientDeadlineMs: 30_000,
      live: { maxSubscribers: 1000, subscribersPerClient: 20 },
      redisUrl: undefined,
      limits: {
        maxTokens: 4000,
        maxDepth: 20,
        maxAliases: 200,
        maxRootFields: 50,
        maxCost: 100_000,
        costMode: "enforce",
      },
      admission: {
        requestsPerMinute: 0,
        requestsAtOnce: 0,
        maxRequestsAtOnce: 1000,
        trustedProxies: 0,
      },
      introspection: true,
      corsOrigins: [],
      metricsPort: undefined,
      mapPath: undefined,
      logLevel: "info",
      access: {
        OIDC_ISSUER: undefined,
        OIDC_AUDIENCE: "lai-chau-hub",
        OIDC_JWKS_URL: undefined,
        DATA_DIRECTORY: resolve(__dirname, "../../data"),
      },
      session: {
        clientId: undefined,
        clientSecret: undefined,
        scope: "openid",
      },
      publicUrl: undefined,
      dataLicence: undefined,
      dataContact: undefined,
      gatewaySecret: undefined,
    });
  });

  it("name what a client of an issuer still needs, and where browsers find the hub", () => {
    const whole = {
      OIDC_ISSUER: "https://dang-nhap.example/realms/tinh",
      OIDC_CLIENT_ID: "hub",
      PUBLIC_URL: "https://Hub.example/",
    };

    expect(readEnvironment(whole)).toMatchObject({
      publicUrl: "https://hub.example",
      session: { clientId: "hub" },
    });
    expect(() => readEnvironment({ OIDC_CLIENT_ID: "hub" })).toThrow(
      /OIDC_ISSUER: cần đặt khi có OIDC_CLIENT_ID[^]*PUBLIC_URL: cần đặt khi có OIDC_CLIENT_ID/u,
    );
    expect(() => readEnvironment({ ...whole, PUBLIC_URL: "https://hub.example/trang" })).toThrow(
      /PUBLIC_URL: cần http\(s\):\/\/máy chủ, không kèm đường dẫn/u,
    );
  });

  it("take an address before a port, and an empty one for none", () => {
    const { port, subgraphUrls } = readEnvironment({
      PORT: "",
      LIBRARIES_PORT: "5001",
      MUSEUMS_PORT: "5002",
      MUSEUMS_URL: "https://museums.example/graphql",
    });

    expect(port).toBe(4000);
    expect(subgraphUrls.libraries).toBe("http://127.0.0.1:5001/graphql");
    expect(subgraphUrls.museums).toBe("https://museums.example/graphql");
  });

  it("are refused all at once, each named in both languages with what is accepted", () => {
    const wrong = {
      PORT: "4000a",
      AGENCY_TASKS_PORT: "-1",
      LIBRARIES_URL: "libraries:4001",
      DATA_CONTACT: "số liệu",
      LOG_LEVEL: "loud",
    };

    expect(() => readEnvironment({ ...wrong, SUBGRAPH_DEADLINE_MS: "2.5" })).toThrow(
      [
        "Thiết lập sai / Wrong settings:",
        "  PORT: cần số nguyên từ 0 đến 65535 / must be an integer from 0 to 65535",
        "  AGENCY_TASKS_PORT: cần số nguyên từ 0 đến 65535 / must be an integer from 0 to 65535",
        "  LIBRARIES_URL: cần http://… hoặc https://… / must be an http:// or https:// address",
        "  SUBGRAPH_DEADLINE_MS: cần số nguyên từ 1 đến 600000 / must be an integer from 1 to 600000",
        "  DATA_CONTACT: cần một địa chỉ thư điện tử / must be a mail address",
        "  LOG_LEVEL: cần một trong / must be one of: fatal, error, warn, info, debug, trace, silent",
      ].join("\n"),
    );
  });
});
