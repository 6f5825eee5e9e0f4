import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readEnvironment } from "../../../subgraphs/libraries/environment";
import { startLibraries } from "../../../subgraphs/libraries/server";

describe("startLibraries", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "libraries-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function listed(environment: Record<string, string>) {
    const serving = await startLibraries(
      readEnvironment({ LIBRARIES_PORT: "0", DATA_DIRECTORY: folder, ...environment }),
    );
    const response = await fetch(serving.url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        query: "{ libraries(first: 100) { totalCount missingSectors nodes { demonstration } } }",
      }),
    });
    const { data } = (await response.json()) as { data: any };
    await serving.stop();
    return data.libraries;
  }

  it("fills empty embedded databases with demonstration libraries, marked so, and only once", async () => {
    const first = await listed({});
    const second = await listed({});

    // 141 of culture, 208 of education and 8 of labour; 17 of the armed forces are not listed.
    expect(first.totalCount).toBe(357);
    expect(first.nodes.every((node: any) => node.demonstration)).toBe(true);
    expect(second.totalCount).toBe(357);
  });

  it.each(["LIBRARIES_LABOUR_DATABASE_URL", "MUSEUMS_DATABASE_URL"])(
    "creates none as soon as %s is configured, even in databases that are still embedded",
    async (setting) => {
      const libraries = await listed({ [setting]: "mysql://nobody@127.0.0.1:9/none" });

      const isSilent = setting.startsWith("LIBRARIES");
      expect(libraries).toEqual({
        totalCount: isSilent ? null : 0,
        missingSectors: isSilent ? ["LABOUR"] : [],
        nodes: [],
      });
    },
  );
});
