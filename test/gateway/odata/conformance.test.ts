import { startHub, type Hub } from "../../testkit/hub";
import { odataOf, PROVINCE } from "../../testkit/odata";

// A hub is started here, on a machine that may have much to do: nothing is timed.
jest.setTimeout(120_000);

const XML_NAME = /<(?:EntityType|Property|EntitySet) Name="(\w+)"/gu;

/**
 * The specification's list for a service that is only read, item by item (OData 4.01 part 1, OASIS standard of 23 April 2020; 18 and
 * what follows is for services that are written to). What an item says stands in our own words.
 */
describe("The OData feed", () => {
  let hub: Hub;
  beforeAll(async () => {
    hub = await startHub();
  });
  afterAll(() => hub.stop());

  const { visit, read, refusal } = odataOf(() => hub);

  describe("conforms minimally to OData 4.0 (13.1.1): it", () => {
    it("1. publishes a service document at the service root", async () => {
      const document = await read("");

      expect(document["@odata.context"]).toBe(new URL("/odata/$metadata", hub.url).href);
      expect(document.value.map(({ name }: { name: string }) => name)).toEqual([
        ...["Figures", "Libraries", "LibraryReports", "Museums", "MuseumReports"],
        ...["CulturalCentres", "CulturalCentreReports", "Units", "Agencies", "Indicators"],
        ...["Milestones", "Duties", "DutyAgencies"],
      ]);
      expect(document.value[0]).toEqual({ name: "Figures", kind: "EntitySet", url: "Figures" });
      expect((await visit("").then((reply) => reply.url)).endsWith("/odata/")).toBe(true);
      expect((await fetch(new URL("/odata", hub.url))).status).toBe(200);
    });

    it("2. returns data in OData's JSON", async () => {
      const reply = await visit("Museums?$select=code,name&$orderby=code");

      expect(reply.headers.get("content-type")).toMatch(
        /^application\/json; ?odata\.metadata=minimal/u,
      );
      expect(await reply.json()).toEqual({
        "@odata.context": `${new URL("/odata/$metadata", hub.url).href}#Museums(code,name)`,
        value: [
          { code: "MU-CU-0001", name: "Bảo tàng tỉnh" },
          { code: "MU-CU-0002", name: "Bảo tàng các dân tộc" },
          { code: "MU-CU-0003", name: "Bảo tàng thiên nhiên" },
          { code: "MU-CU-0004", name: "Bảo tàng nghề thủ công" },
        ],
      });
    });

    it("3. pages by itself and in no other way: each entity once and none left out", async () => {
      const ids: string[] = [];
      let pages = 0;
      let next: string | undefined = new URL("/odata/CulturalCentres?$select=id", hub.url).href;
      while (next) {
        const reply = await fetch(next, { headers: { prefer: "odata.maxpagesize=300" } });
        const page: any = await reply.json();
        expect(reply.headers.get("preference-applied")).toBe("odata.maxpagesize=300");
        ids.push(...page.value.map(({ id }: { id: string }) => id));
        next = page["@odata.nextLink"];
        pages += 1;
      }
      const { data } = await hub.ask("{ culturalCentres(first: 0) { totalCount } }");

      expect([pages, ids.length, new Set(ids).size]).toEqual([
        4,
        data.culturalCentres.totalCount,
        data.culturalCentres.totalCount,
      ]);
    });

    it("4. says its version with every answer", async () => {
      for (const path of ["", "$metadata", "Units?$top=1", "Units/$count", "Nothing"])
        expect([path, (await visit(path)).headers.get("odata-version")]).toEqual([path, "4.0"]);
      const unbelieved = await visit("Units", { authorization: "Bearer none" });
      expect([unbelieved.status, unbelieved.headers.get("odata-version")]).toEqual([401, "4.0"]);
    });

    it("5. heeds Accept and OData-MaxVersion, or fails the request", async () => {
      const full = await read("Indicators?$top=1", {
        accept: "application/json;odata.metadata=full",
      });
      const none = await read("Indicators?$top=1", {
        accept: "application/json;odata.metadata=none",
      });

      expect(full.value[0]).toMatchObject({
        "@odata.type": "#LaiChau.LifelongLearning.Indicator",
        "@odata.id": new URL("/odata/Indicators('L1')", hub.url).href,
      });
      const [figure] = (
        await read("Figures?$top=1", { accept: "application/json;odata.metadata=full" })
      ).value;
      expect([figure["year@odata.type"], figure["missingSectors@odata.type"]]).toEqual([
        "#Int32",
        "#Collection(String)",
      ]);
      expect(Object.keys(none)).toEqual(["value"]);
      expect((await refusal("Units", { accept: "application/atom+xml" })).status).toBe(406);
      expect((await refusal("Units", { "odata-maxversion": "3.0" })).status).toBe(400);
      for (const [max, version] of [
        ["4.0", "4.0"],
        ["4.01", "4.01"],
        ["9.9", "4.01"],
      ] as const) {
        const reply = await visit("Units?$top=1", { "odata-maxversion": max });
        expect([max, reply.status, reply.headers.get("odata-version")]).toEqual([
          max,
          200,
          version,
        ]);
      }
      expect((await visit("Units?$top=1&$format=json", { accept: "text/html" })).status).toBe(200);
    });

    it("6. extends only where it may: names are identifiers, and no option or header of its own is needed or looks like OData's", async () => {
      const xml = await (await visit("$metadata")).text();
      const names = [...xml.matchAll(XML_NAME)].map(([, name]) => name!);

      expect(names.length).toBeGreaterThan(100);
      expect(names.filter((name) => !/^[A-Za-z_]\w{0,127}$/u.test(name))).toEqual([]);
      for (const { name } of (await read("")).value as { name: string }[]) {
        const reply = await visit(`${name}?$top=1`);
        const own = [...reply.headers.keys()].filter((header) => header.startsWith("odata-"));
        const { message } = await refusal(`${name}?none=1`);
        const options = message.split("options are: ")[1]!.replace(/\.$/u, "");
        const custom = options.split(", ").filter((option) => !option.startsWith("$"));
        expect([name, reply.status, own]).toEqual([name, 200, ["odata-version"]]);
        expect(custom.filter((option) => /^(?:\$|@|filter|select|top)/u.test(option))).toEqual([]);
      }
    });

    it.each([
      "$expand=x",
      "$search=x",
      "$apply=aggregate(value with sum as s)",
      "$compute=value as v",
    ])("7. answers 501 to %s, which it does not do", async (option) => {
      expect(await refusal(`Figures?${option}`)).toMatchObject({
        status: 501,
        code: "NOT_IMPLEMENTED",
        message: expect.stringMatching(/hãy bỏ đi .* \/ .*is not implemented here/u),
      });
    });

    it.each<[string, number]>([
      ["$filter=value add 1 gt 2", 501],
      ["$filter=substring(unit_name,1) eq 'a'", 501],
      ["$filter=missingSectors/any(s:s eq 'LABOUR')", 501],
      ["$filter=cast(unit_name,Edm.Guid) eq null", 501],
      ["$filter=value eq duration'PT1S'", 400],
      ["$filter=year in (2025,'a')", 400],
      ["$filter=constructor(year)", 501],
      ["$orderby=tolower(unit_name)", 501],
      ["$filter=value gt", 400],
      ["$filter=value eq 'a'", 400],
      ["$filter=nothing eq 1", 400],
      ["$filter=(value eq 1", 400],
      ["$filter=value eq 1 value", 400],
      ["$filter=value", 400],
      ["$filter=" + "(".repeat(100) + "value eq 1" + ")".repeat(100), 400],
      ["$top=-1", 400],
      ["$skip=x", 400],
      ["$count=maybe", 400],
      ["$select=nothing", 400],
      ["$orderby=nothing", 400],
      ["$skiptoken=x", 400],
      ["$unheard=1", 400],
      ["$top=1&top=1", 400],
      ["@p=1&@p=2", 400],
      ["$top=1&$top=2", 400],
    ])("7. refuses %s with %i, in both languages", async (option, status) => {
      const refused = await refusal(`Figures?${option.replace(/ /gu, "%20")}`);

      expect(refused).toMatchObject({ status, message: expect.stringMatching(/ \/ /u) });
    });

    it("8. exposes only types of the specification", async () => {
      const xml = await (await visit("$metadata")).text();
      const types = new Set(
        [...xml.matchAll(/Property Name="\w+" Type="([^"]+)"/gu)].map(([, type]) => type),
      );

      expect([...types].sort()).toEqual([
        "Collection(Edm.String)",
        "Edm.Boolean",
        "Edm.Date",
        "Edm.DateTimeOffset",
        "Edm.Double",
        "Edm.Int32",
        "Edm.String",
      ]);
    });

    it("9. needs no annotation, header or custom content to be understood", async () => {
      const bare = await read("Figures?$top=1&$format=application/json;odata.metadata=none");

      expect(Object.keys(bare.value[0]).filter((name) => name.includes("@"))).toEqual([]);
    });

    it("10. lets nobody write", async () => {
      for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
        const reply = await visit("Units", {}, method);
        expect([method, reply.status, reply.headers.get("allow")]).toEqual([
          method,
          405,
          "GET, HEAD",
        ]);
      }
    });

    it("11. keeps the meaning of the options that it has, together", async () => {
      const all = await read(
        `Figures?${PROVINCE}&$orderby=value desc,indicator_code&$select=indicator_code,value`,
      );
      const some = await read(
        `Figures?${PROVINCE}&$orderby=value desc,indicator_code&$select=indicator_code&$skip=2&$top=3&$count=true`,
      );
      const values = all.value.map(({ value }: { value: number }) => value);

      expect(values).toEqual([...values].sort((a, b) => b - a));
      expect(some["@odata.count"]).toBe(11);
      expect(some["@odata.nextLink"]).toBeUndefined();
      expect(some.value).toEqual(
        all.value
          .slice(2, 5)
          .map((row: { indicator_code: string }) => ({ indicator_code: row.indicator_code })),
      );
    });

    it("11. fails what has no meaning, and keeps no moment for several pages", async () => {
      expect((await refusal("Indicators('C1')?$skip=1")).status).toBe(400);
      expect((await refusal("Indicators('C1')?$filter=code%20eq%20'C1'")).status).toBe(400);
      expect((await refusal("?$top=1")).status).toBe(400);
      expect((await refusal("$metadata?$select=x")).status).toBe(400);
      for (const header of ["isolation", "odata-isolation"])
        expect(await refusal("Units", { [header]: "snapshot" })).toMatchObject({
          status: 412,
          code: "PRECONDITION_FAILED",
        });
      const unknown = await visit("Units?$top=1", { prefer: "odata.track-changes, wait=5" });
      expect([unknown.status, unknown.headers.get("preference-applied")]).toEqual([200, null]);
      expect(await (await visit("Units/$count?$top=1&$skip=5")).text()).toBe("39");
    });

    it("12. need not expand: it has no property that leads to other entities", async () => {
      expect(await (await visit("$metadata")).text()).not.toContain("NavigationProperty");
    });

    it("13. publishes its metadata: every property of every entity stands in it, and every key", async () => {
      const reply = await visit("$metadata");
      const xml = await reply.text();

      expect(reply.headers.get("content-type")).toBe("application/xml");
      for (const { name } of (await read("")).value as { name: string }[]) {
        const type = new RegExp(
          `<EntitySet Name="${name}" EntityType="LaiChau.LifelongLearning.(\\w+)"`,
          "u",
        ).exec(xml)![1]!;
        const described = new RegExp(
          `<EntityType Name="${type}">([\\s\\S]*?)</EntityType>`,
          "u",
        ).exec(xml)![1]!;
        const properties = [...described.matchAll(/<Property Name="(\w+)"/gu)].map(
          ([, each]) => each,
        );
        const [entity] = (await read(`${name}?$top=1`)).value;
        expect(Object.keys(entity)).toEqual(properties);
        const keys = [...described.matchAll(/<PropertyRef Name="(\w+)"/gu)].map(
          ([, each]) => each!,
        );
        expect(keys.every((key) => entity[key] !== null)).toBe(true);
      }
    });

    it("14. understands headers and preferences by the names of 4.0", async () => {
      const reply = await visit("Units?$select=id", { prefer: "odata.maxpagesize=7" });

      expect(reply.headers.get("preference-applied")).toBe("odata.maxpagesize=7");
      expect(((await reply.json()) as { value: unknown[] }).value).toHaveLength(7);
    });

    it("15. has no enumeration and no duration whose literals would have to be read", async () => {
      const xml = await (await visit("$metadata")).text();

      expect(xml).not.toMatch(/EnumType|Edm\.Duration/u);
    });

    it("16. answers at once, whoever would rather wait", async () => {
      const reply = await visit("Units?$top=1", { prefer: "respond-async" });

      expect([reply.status, reply.headers.get("asyncresult")]).toEqual([200, null]);
    });
  });
});
