import { readCarriedJson, told, type CarriedJson } from "../http/carried-text";
import type { Answered } from "./receiving";
import type { GraphQLBody, Reply } from "./subgraph";
import { badStatus, invalidResponse } from "./subgraph-fault";

/** A GraphQL body counts whatever its status, since request errors come with 4xx; anything else is a fault. */
export function readReply(
  { status, bytes }: Answered,
  isCarried: boolean,
): Reply & Pick<Partial<CarriedJson>, "isRespelt"> {
  const { value, isRespelt = false, isUnescaped = false } = readValue(bytes, isCarried);
  if (isGraphQLBody(value)) {
    const { data, errors } = value;
    return isCarried && errors
      ? { body: { data, errors: told(errors) }, isRespelt, isUnescaped }
      : { body: value, isRespelt, isUnescaped };
  }
  if (status < 200 || status > 299) return { fault: badStatus(status) };
  return {
    fault: invalidResponse(`HTTP ${status}, ${bytes.length} bytes that are no GraphQL response`),
  };
}

function readValue(bytes: Buffer, isCarried: boolean): Partial<CarriedJson> {
  try {
    return isCarried ? readCarriedJson(bytes) : { value: JSON.parse(bytes.toString("utf8")) };
  } catch {
    return {};
  }
}

function isGraphQLBody(body: unknown): body is GraphQLBody {
  if (!isObject(body)) return false;
  const { data, errors } = body;
  const errorsAreErrors = Array.isArray(errors) && errors.every(isError);
  if (errors !== undefined && errors !== null && !errorsAreErrors) return false;
  if (isObject(data)) return true;
  return (data === undefined || data === null) && errorsAreErrors && errors.length > 0;
}

const isError = (error: unknown): boolean => {
  if (!isObject(error) || typeof error.message !== "string") return false;
  const { path, extensions } = error;
  const isPath =
    path === undefined || path === null || (Array.isArray(path) && path.every(isPathStep));
  return isPath && (extensions === undefined || extensions === null || isObject(extensions));
};

const isPathStep = (step: unknown): boolean => typeof step === "string" || typeof step === "number";

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
