import { readEnvironment } from "../../subgraphs/libraries/environment";

describe("a subgraph's settings", () => {
  it("have a preset for everything, and take an empty value for none", () => {
    const environment = readEnvironment({ LIBRARIES_PORT: "", LIBRARIES_CULTURE_DATABASE_URL: "" });

    expect(environment).toMatchObject({ LIBRARIES_PORT: 4001, HOST: "127.0.0.1" });
    expect(environment.LIBRARIES_CULTURE_DATABASE_URL).toBeUndefined();
    expect(environment.DATA_DIRECTORY.endsWith("/data")).toBe(true);
  });

  it("name every wrong one at once, with what is accepted", () => {
    const read = () =>
      readEnvironment({ LIBRARIES_PORT: "70000", LIBRARIES_LABOUR_DATABASE_URL: "postgres://x" });

    expect(read).toThrow("LIBRARIES_PORT");
    expect(read).toThrow(
      "LIBRARIES_LABOUR_DATABASE_URL: cần mysql://… hoặc mariadb://… / must begin with mysql:// or mariadb://",
    );
  });
});
