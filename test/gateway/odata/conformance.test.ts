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

  describe("conforms minimally to OData 4.01 (13.2.1): it", () => {
    const newest = { "odata-maxversion": "4.01" };

    it("1. conforms to 4.0 for those who take 4.0", async () => {
      const page = await read("Indicators?$top=1&$count=true", { "odata-maxversion": "4.0" });

      expect(Object.keys(page)).toEqual(["@odata.context", "@odata.count", "value"]);
    });

    it("2. writes the JSON of 4.01 for those who take it", async () => {
      const reply = await visit("Figures?$count=true&$format=application/json;metadata=full", {
        ...newest,
        prefer: "maxpagesize=1",
      });
      const page: any = await reply.json();

      expect(reply.headers.get("content-type")).toMatch(/^application\/json; metadata=full;/u);
      expect(Object.keys(page)).toEqual(["@context", "@count", "value", "@nextLink"]);
      expect(page.value[0]).toMatchObject({
        "@type": "#LaiChau.LifelongLearning.Figure",
        "@id": expect.stringMatching(/\/odata\/Figures\(unit_id='/u),
        "year@type": "Int32",
        "missingSectors@type": "#Collection(String)",
      });
      expect(JSON.stringify(page)).not.toContain("odata.");
    });

    it("3. has no answer that comes later", async () => {
      const { headers } = await visit("Units?$top=1", { ...newest, prefer: "respond-async" });

      expect([headers.get("asyncresult"), headers.get("preference-applied")]).toEqual([null, null]);
    });

    it("4. understands preferences with and without the prefix", async () => {
      for (const name of ["maxpagesize", "odata.maxpagesize"]) {
        const { headers } = await visit("Units", { ...newest, prefer: `${name}=3` });
        expect(headers.get("preference-applied")).toBe(`${name}=3`);
      }
    });

    it("5. has no version of its schema to be asked for, and says so", async () => {
      expect(await (await visit("$metadata")).text()).not.toContain("SchemaVersion");
      expect((await refusal("$metadata?$schemaversion=1")).status).toBe(501);
      expect((await refusal("Units?$schemaversion=1")).status).toBe(501);
    });

    it("6. understands its options without their $", async () => {
      const bare = await read(
        "Units?filter=type%20eq%20'WARD'&orderby=code%20desc&select=code&top=1&count=true",
      );

      expect(bare).toEqual(
        await read(
          "Units?$filter=type%20eq%20'WARD'&$orderby=code%20desc&$select=code&$top=1&$count=true",
        ),
      );
      expect(bare["@odata.count"]).toBe(2);
      expect((await refusal("Units?expand=x")).status).toBe(501);
    });

    it("7. minds no capitals in options, operators and functions", async () => {
      const filter = encodeURIComponent(
        "StartsWith(name,'Phường') AND NOT (type NE 'WARD') OR FALSE",
      );
      const shouted = await read(`Units?$FILTER=${filter}&$OrderBy=code%20DESC&$Count=TRUE`);
      const told = await read("Units?$filter=type%20eq%20'WARD'&$orderby=code%20desc&$count=true");

      expect(shouted.value).toHaveLength(2);
      expect(shouted).toEqual(told);
    });

    it("8. returns names as $metadata has them", async () => {
      const page = await read("Units?select=code&$top=1", newest);

      expect(Object.keys(page.value[0])).toEqual(["code"]);
      expect((await refusal("Units?$select=CODE")).status).toBe(400);
      expect((await refusal("units")).status).toBe(404);
    });

    it.each([
      ["cast('2025',Edm.Int32) eq year and indicator_code eq 'L1'", 39],
      ["year eq 2025 and indicator_code eq 'L1' and cast('true',Edm.Boolean)", 39],
      ["year eq 2025 and cast(year,Edm.String) eq '2025' and indicator_code eq 'L1'", 39],
      ["year eq 2025 and cast('x',Edm.Int32) eq null and indicator_code eq 'L1'", 39],
      ["year eq 2025 and cast('1e1',Edm.Double) eq 10 and indicator_code eq 'L1'", 39],
      ["year eq 2025 and cast('2025-07-01',Edm.Date) gt 2025-06-30 and indicator_code eq 'L1'", 39],
    ])("9.1 casts texts: %s", async (filter, count) => {
      const found = await visit(`Figures/$count?$filter=${encodeURIComponent(filter)}`);

      expect([found.status, await found.text()]).toEqual([200, String(count)]);
    });

    it("9.2–9.5 has no enumeration, duration, function import or action", async () => {
      const xml = await (await visit("$metadata")).text();

      expect(xml).not.toMatch(/EnumType|Edm\.Duration|<(?:Function|Action)/u);
    });

    it("9.6 takes aliases for keys and values, with a slash or a backslash in them", async () => {
      const year = "year eq @y and unit_id eq @u";

      expect((await read("Indicators(@c)?$select=code&@c='C1'")).code).toBe("C1");
      expect(
        await read("Figures(unit_id=@u,indicator_code='L6',year=@y)?@u='unit:12'&@y=2025"),
      ).toMatchObject({ numerator: 126, denominator: 207 });
      expect((await refusal("Indicators(@c)?@c='a/b%5Cc'")).status).toBe(404);
      expect((await refusal("Indicators('a%2Fb%5Cc')")).status).toBe(404);
      expect((await refusal("Indicators(@c)?@d='C1'")).status).toBe(400);
      expect((await refusal("Indicators(@c)?@c=1")).status).toBe(400);
      const page = await read(
        `Figures?$filter=${encodeURIComponent(year)}&@y=2025&@u='unit:12'&$select=year&$count=true`,
        { prefer: "maxpagesize=4" },
      );
      const rest: any = await (await fetch(page["@odata.nextLink"])).json();
      expect([page["@odata.count"], page.value.length, rest.value.length]).toEqual([11, 4, 7]);
    });

    it("9.9 picks by in", async () => {
      const filter = "indicator_code in ('L1','M1',@c) and year in (2025) and unit_id eq 'unit:12'";
      const { value } = await read(`Figures?$filter=${encodeURIComponent(filter)}&@c='C1'`);

      expect(value.map((each: any) => each.indicator_code)).toEqual(["L1", "M1", "C1"]);
    });

    it("10. publishes its metadata in JSON too, with the same names and types", async () => {
      const xml = await (await visit("$metadata", newest)).text();
      const reply = await visit("$metadata?$format=json", newest);
      const json: any = await reply.json();
      const types = Object.entries<any>(json["LaiChau.LifelongLearning"]).filter(
        ([, each]) => each.$Kind === "EntityType",
      );
      const ofXml = [...xml.matchAll(/<Property Name="(\w+)" Type="([^"]+)"( Nullable)?/gu)];

      expect(xml).toContain('Version="4.01"');
      expect([reply.headers.get("content-type"), reply.headers.get("odata-version")]).toEqual([
        "application/json",
        "4.01",
      ]);
      expect(
        types.flatMap(([, type]) =>
          Object.entries<any>(type)
            .filter(([name]) => !name.startsWith("$"))
            .map(([name, { $Type, $Collection, $Nullable }]) => [
              name,
              $Collection ? `Collection(${$Type})` : $Type,
              $Nullable !== true,
            ]),
        ),
      ).toEqual(ofXml.map(([, name, type, notNull]) => [name, type, notNull !== undefined]));
      expect(json.$EntityContainer).toBe("LaiChau.LifelongLearning.Hub");
      expect((await visit("$metadata?$format=json", { "odata-maxversion": "4.0" })).status).toBe(
        406,
      );
    });

    it("11. has no two names that differ by their capitals alone", async () => {
      const json = await read("$metadata?$format=json");
      const spaces = Object.values<any>(json["LaiChau.LifelongLearning"]);
      const alike = [json["LaiChau.LifelongLearning"], ...spaces].filter((space) => {
        const names = Object.keys(space).map((name) => name.toLowerCase());
        return new Set(names).size !== names.length;
      });

      expect(spaces).toHaveLength(14);
      expect(alike).toEqual([]);
    });

    it("12, 13. tells its versions, and what it cannot do", async () => {
      const { Hub: container } = (await read("$metadata?$format=json"))["LaiChau.LifelongLearning"];

      expect(container).toMatchObject({
        "@Core.ODataVersions": "4.0,4.01",
        "@Capabilities.ConformanceLevel": "Minimal",
        "@Capabilities.BatchSupported": false,
        Figures: {
          "@Capabilities.ExpandRestrictions": { Expandable: false },
          "@Capabilities.InsertRestrictions": { Insertable: false },
        },
      });
      const named = container["@Capabilities.FilterFunctions"] as string[];
      expect(named).toContain("contains");
      for (const name of named.filter((each) => each !== "cast"))
        expect((await visit(`Units/$count?$filter=${name}()`)).status).toBe(400);
    });
  });
});
