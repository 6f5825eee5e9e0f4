import { randomBytes } from "node:crypto";
import { AuditEntryRecord } from "../../../subgraphs/foundation/ledger/ledger.record";
import { readProjectFile } from "../../testkit/project-files";
import { startHub, startHubGateway, type Hub } from "../../testkit/hub";

// A hub is started here, on a machine that may have much to do: nothing is timed.
jest.setTimeout(120_000);

const PREFIXES = ["dcat", "dct", "foaf", "vcard", "skos", "xsd"];

/** Every object of a JSON-LD document. */
function nodesOf(value: unknown): Record<string, any>[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (typeof value !== "object" || value === null) return [];
  const below = Object.entries(value)
    .filter(([key]) => key !== "@context")
    .flatMap(([, child]) => nodesOf(child));
  return [value, ...below];
}

const ofType = (document: unknown, type: string) =>
  nodesOf(document).filter((node) => node["@type"] === type);

describe("The catalogue of the public datasets", () => {
  let hub: Hub;
  beforeAll(async () => {
    hub = await startHub();
  });
  afterAll(() => hub.stop());

  const visit = (path: string) => fetch(new URL(path, hub.url), { redirect: "manual" });
  const catalogue = async (): Promise<any> => (await visit("/.well-known/dcat")).json();

  it("is JSON-LD whose every term has a meaning", async () => {
    const reply = await visit("/.well-known/dcat");
    const document: any = await reply.json();
    const terms = nodesOf(document).flatMap((node) => [
      ...Object.keys(node).filter((key) => !key.startsWith("@")),
      ...("@type" in node ? [String(node["@type"])] : []),
    ]);

    expect(reply.headers.get("content-type")).toMatch(/^application\/ld\+json/u);
    expect(reply.headers.get("access-control-allow-origin")).toBe("*");
    expect(Object.keys(document["@context"])).toEqual(PREFIXES);
    expect(terms.length).toBeGreaterThan(100);
    expect(terms.filter((term) => !PREFIXES.includes(term.split(":", 1)[0]!))).toEqual([]);
  });

  it("has what DCAT-AP demands of a catalogue, a dataset, a distribution and an agent", async () => {
    const document = await catalogue();
    const datasets = ofType(document, "dcat:Dataset");
    const languages = (texts: any[]) => texts.map((text) => text["@language"]);

    expect(document["@type"]).toBe("dcat:Catalog");
    for (const node of [document, ...datasets]) {
      expect(languages(node["dct:title"])).toEqual(["vi", "en"]);
      expect(languages(node["dct:description"])).toEqual(["vi", "en"]);
      expect(node["dct:publisher"]["@type"]).toBe("foaf:Agent");
      expect(node["dct:publisher"]["foaf:name"]["@value"]).toMatch(
        /^(?:Sở Văn hóa|Ủy ban nhân dân)/u,
      );
      expect(node["dct:rights"]["skos:prefLabel"][0]["@value"]).toMatch(/chưa nêu giấy phép/u);
    }
    expect(datasets.map((each) => each["dct:identifier"])).toEqual([
      ...["figures", "libraries", "museums", "cultural-centres"],
      ...["units", "agencies", "indicators", "duties"],
    ]);
    for (const each of datasets) {
      expect(each["dct:spatial"]["skos:prefLabel"][0]["@value"]).toBe("Tỉnh Lai Châu");
      expect(each["dct:temporal"]["dcat:startDate"]["@value"]).toBe("2022-01-01");
      expect(each["dcat:version"]).toMatch(/^[0-9a-f]{16}$/u);
      expect(each["dcat:theme"]["@id"]).toMatch(/\/data-theme\/EDUC$/u);
      expect(each["dcat:keyword"].length).toBeGreaterThan(0);
    }
    expect(document["dcat:themeTaxonomy"]["@id"]).toMatch(/\/data-theme$/u);
    expect(document["dct:spatial"]["skos:prefLabel"][0]["@value"]).toBe("Tỉnh Lai Châu");
    for (const each of ofType(document, "dcat:Distribution"))
      expect(each["dct:format"]["@id"]).toMatch(/\/file-type\/(?:CSV|JSON|XLSX)$/u);
  });

  it("leads to data: every distribution answers, in the type that it says", async () => {
    const distributions = ofType(await catalogue(), "dcat:Distribution");

    expect(distributions.length).toBeGreaterThan(30);
    for (const each of distributions) {
      const reply = await fetch(each["dcat:accessURL"]["@id"], { method: "HEAD" });
      const type = String(each["dcat:mediaType"]["@id"]).split("/media-types/")[1]!;
      expect([each["@id"], reply.status]).toEqual([each["@id"], 200]);
      expect(reply.headers.get("content-type")).toContain(type);
    }
  });

  const versions = async (of = hub.url) => {
    const reply = await fetch(new URL("/.well-known/dcat", of));
    const told = ofType(await reply.json(), "dcat:Dataset");
    return Object.fromEntries(told.map((each) => [each["dct:identifier"], each["dcat:version"]]));
  };
  let written = 1000;
  const write = (owner: string, action: string, at: string) =>
    hub.databases.get(owner)!.write(async (manager) => {
      written += 1;
      const sequence = written;
      await manager.insert(AuditEntryRecord, {
        ...{ sequence, at, action, recordId: "report:1", changes: "[]", reason: null },
        ...{ agencyId: "agency:so-vhttdl", subject: "s", role: "approver", version: 1 },
        ...{ previousHash: "0", hash: String(sequence) },
      });
      await manager.query("UPDATE ledger_head SET sequence = ?", [sequence]);
    });

  it("gives a dataset another version once its data are written to, and others the one they had", async () => {
    const before = await versions();
    await hub.databases
      .get("museums/culture")!
      .write((manager) => manager.query("UPDATE ledger_head SET sequence = sequence + 1"));
    const after = await versions();

    expect(after.museums).not.toBe(before.museums);
    expect(after.libraries).toBe(before.libraries);
  });

  it("gives the same versions at every gateway of the hub, and none that can be reckoned without its secret", async () => {
    const start = (gatewaySecret?: string) =>
      startHubGateway(hub.subgraphUrls, { folder: hub.folder, settings: { gatewaySecret } });
    const [same, other] = [await start(), await start(randomBytes(32).toString("base64url"))];

    const [here, there, elsewhere] = [
      await versions(),
      await versions(same.url),
      await versions(other.url),
    ];
    await same.stop();
    await other.stop();

    expect(there).toEqual(here);
    for (const name of Object.keys(here)) expect(elsewhere[name]).not.toBe(here[name]);
  });

  it("says when a dataset last changed for everybody, where a ledger tells, and of the others nothing", async () => {
    const modified = async () => {
      const document = await catalogue();
      const told = ofType(document, "dcat:Dataset").map((each) => [
        each["dct:identifier"],
        each["dct:modified"]?.["@value"],
      ]);
      return { all: document["dct:modified"], ...Object.fromEntries(told) };
    };
    const before = await modified();
    await write("museums/culture", "SAVE_REPORT", "2026-03-01T07:00:00.000Z");
    const drafted = await modified();
    await write("museums/culture", "APPROVE_REPORT", "2026-03-02T08:30:00.000Z");
    written += 300;
    await write("museums/culture", "SAVE_REPORT", "2026-03-03T09:00:00.000Z");
    const approved = await modified();

    for (const told of [before, drafted])
      expect(Object.values(told).filter((each) => each !== undefined)).toEqual([]);
    const at = "2026-03-02T08:30:00.000Z";
    expect(approved).toMatchObject({ museums: at, figures: at, libraries: undefined });
    expect(approved.all).toEqual({ "@type": "xsd:dateTime", "@value": at });
  });

  it("shows in no version that the armed forces write a draft, and in those of what counts them that they publish", async () => {
    const before = await versions();
    await write("libraries/armed-forces", "SAVE_REPORT", "2026-03-04T07:00:00.000Z");
    const drafted = await versions();
    await write("libraries/armed-forces", "APPROVE_REPORT", "2026-03-05T07:00:00.000Z");
    const approved = await versions();

    expect(drafted).toEqual(before);
    const moved = Object.keys(before).filter((name) => approved[name] !== before[name]);
    expect(moved).toEqual(["figures", "libraries"]);
  });

  it("names the address, the licence and the contact that are set, and no contact where none is", async () => {
    const dataContact = "so-lieu@hoctap.example";
    const dataLicence = "https://creativecommons.org/licenses/by/4.0/";
    const gateway = await startHubGateway(hub.subgraphUrls, {
      folder: hub.folder,
      settings: { dataLicence, dataContact, publicUrl: "https://hoctap.example/" },
    });
    const reply = await fetch(new URL("/.well-known/dcat", gateway.url));
    const document: any = await reply.json();
    const page = await (await fetch(new URL("/du-lieu", gateway.url))).text();
    await gateway.stop();
    const contacts = [document, ...ofType(document, "dcat:Dataset")].map(
      (node) => node["dcat:contactPoint"],
    );

    expect(document["@id"]).toBe("https://hoctap.example/.well-known/dcat");
    expect(document["dct:license"]).toEqual({ "@id": dataLicence });
    expect(JSON.stringify(document)).not.toContain("127.0.0.1");
    expect(contacts).toHaveLength(9);
    for (const contact of contacts)
      expect(contact).toMatchObject({
        "@type": "vcard:Organization",
        "vcard:fn": { "@value": "Ủy ban nhân dân tỉnh Lai Châu" },
        "vcard:hasEmail": { "@id": `mailto:${dataContact}` },
      });
    expect(page).toContain(`<a href="mailto:${dataContact}">`);
    expect(ofType(await catalogue(), "vcard:Organization")).toEqual([]);
  });

  it("is found from the front page, and by the names that people guess", async () => {
    const link = (await visit("/")).headers.get("link");
    const guessed = await visit("/danh-muc");
    const page = await visit("/du-lieu");
    const text = await page.text();
    const paths = [...text.matchAll(/href="(\/[^"]*)"/gu)].map(([, path]) =>
      path!.replaceAll("&#38;", "&"),
    );

    expect(link).toContain('</.well-known/dcat>; rel="describedby"; type="application/ld+json"');
    expect([guessed.status, guessed.headers.get("location")]).toEqual([302, "/du-lieu"]);
    expect(page.headers.get("content-security-policy")).toMatch(/style-src 'sha256-[\w+/=]+'/u);
    expect(text).toContain("Số liệu mười một chỉ tiêu học tập suốt đời");
    expect(paths.length).toBeGreaterThan(30);
    for (const path of paths.filter((each) => each !== "/"))
      expect([path, (await visit(path)).status]).toEqual([path, 200]);
  });

  it("tells machines of its interfaces", async () => {
    const reply = await visit("/.well-known/api-catalog");
    const { linkset }: any = await reply.json();
    const described = linkset.flatMap((each: any) => each["service-desc"] ?? []);

    expect(reply.headers.get("content-type")).toMatch(/^application\/linkset\+json/u);
    expect(described).toHaveLength(2);
    for (const { href } of described)
      expect([href, (await fetch(href)).status]).toEqual([href, 200]);
    expect(readProjectFile("README.md")).toContain("/.well-known/dcat");
  });
});
