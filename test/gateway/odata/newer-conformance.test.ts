import { startHub, type Hub } from "../../testkit/hub";
import { odataOf } from "../../testkit/odata";

// A hub is started here, on a machine that may have much to do: nothing is timed.
jest.setTimeout(120_000);

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
