import { formatError } from "../../gateway/error-report";

const MASKED = "Lỗi bên trong cổng dữ liệu. / Internal error of the gateway.";

describe("errors that clients see", () => {
  it.each([
    ["BAD_USER_INPUT"],
    ["FORBIDDEN"],
    ["GRAPHQL_PARSE_FAILED"],
    ["GRAPHQL_VALIDATION_FAILED"],
    ["PERSISTED_QUERY_NOT_FOUND"],
  ])("of code %s pass as they are", (code) => {
    const error = { message: "Sai", path: ["a", 0], extensions: { code, field: "x" } };

    expect(formatError(error)).toEqual(error);
  });

  it("of a subgraph's own making pass as they are", () => {
    const error = {
      message: "Hỏng",
      extensions: { code: "INTERNAL_SERVER_ERROR", subgraph: "museums" },
    };

    expect(formatError(error)).toEqual(error);
  });

  it.each([["INTERNAL_SERVER_ERROR"], ["QUERY_PLANNING_FAILED"], [undefined]])(
    "of our own making, such as %s, say nothing of the gateway's insides",
    (code) => {
      const error = {
        message: "x is undefined at /srv/gateway.js:1",
        path: ["a"],
        extensions: { code, stacktrace: ["y"] },
      };

      expect(formatError(error)).toEqual({
        message: MASKED,
        path: ["a"],
        extensions: { code: "INTERNAL_SERVER_ERROR" },
      });
    },
  );
});
