import type { EntitySet } from "./entity-set";
import type { Property } from "./entity-type";
import { CONTAINER_CAPABILITIES, SET_CAPABILITIES, type Told } from "./capabilities";
import type { Version } from "./odata-answer";

export const NAMESPACE = "LaiChau.LifelongLearning";
export const CONTAINER = "Hub";

/** Vocabularies by alias: where each is told, and its namespace. */
export const VOCABULARIES = {
  Core: "Org.OData.Core.V1",
  Capabilities: "Org.OData.Capabilities.V1",
} as const;
export const vocabularyAddress = (namespace: string, ending: string): string =>
  `https://oasis-tcs.github.io/odata-vocabularies/vocabularies/${namespace}.${ending}`;

const escaped = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");

/** The service's entities in CSDL, as XML. */
export function metadataXml(sets: Iterable<EntitySet>, version: Version): string {
  const all = [...sets];
  return `<?xml version="1.0" encoding="UTF-8"?>
<edmx:Edmx xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx" Version="${version}">
${Object.entries(VOCABULARIES).map(referenceXml).join("\n")}
  <edmx:DataServices>
    <Schema xmlns="http://docs.oasis-open.org/odata/ns/edm" Namespace="${NAMESPACE}">
${all.map(entityTypeXml).join("\n")}
      <EntityContainer Name="${CONTAINER}">
${all.map(entitySetXml).join("\n")}
${Object.entries(CONTAINER_CAPABILITIES).map(annotationXml).join("\n")}
      </EntityContainer>
    </Schema>
  </edmx:DataServices>
</edmx:Edmx>
`;
}

const referenceXml = ([alias, namespace]: [string, string]): string =>
  `  <edmx:Reference Uri="${vocabularyAddress(namespace, "xml")}"><edmx:Include Namespace="${namespace}" Alias="${alias}"/></edmx:Reference>`;

function annotationXml([term, value]: [string, Told]): string {
  if (typeof value === "boolean") return `<Annotation Term="${term}" Bool="${value}"/>`;
  if (typeof value === "string")
    return `<Annotation Term="${term}" ${attributeOf(term)}="${escaped(value)}"/>`;
  if (value instanceof Array) {
    const strings = value.map((each) => `<String>${escaped(each)}</String>`).join("");
    return `<Annotation Term="${term}"><Collection>${strings}</Collection></Annotation>`;
  }
  const properties = Object.entries(value)
    .map(([name, each]) => `<PropertyValue Property="${name}" Bool="${each}"/>`)
    .join("");
  return `<Annotation Term="${term}"><Record>${properties}</Record></Annotation>`;
}

/** A level is a member of an enumeration, all else that is text is text. */
const attributeOf = (term: string) =>
  term === "Capabilities.ConformanceLevel" ? "EnumMember" : "String";

const described = (text: string) => annotationXml(["Core.Description", text]);

function entityTypeXml({ type, key, properties }: EntitySet): string {
  return [
    `      <EntityType Name="${type}">`,
    `        <Key>${key.map(({ name }) => `<PropertyRef Name="${name}"/>`).join("")}</Key>`,
    ...properties.map(propertyXml),
    "      </EntityType>",
  ].join("\n");
}

function propertyXml(property: Property): string {
  const { name, type, isCollection, isKey } = property;
  const edm = isCollection ? `Collection(${type})` : type;
  const nullable = isKey || isCollection ? ' Nullable="false"' : "";
  const precision = type === "Edm.DateTimeOffset" ? ' Precision="3"' : "";
  return `        <Property Name="${name}" Type="${edm}"${nullable}${precision}>${described(aboutProperty(property))}</Property>`;
}

/** Its labels, unit and description. */
export function aboutProperty({ column: { labels, unit, description } }: Property): string {
  const told = [`${labels.vi} / ${labels.en}`, unit && `[${unit}]`, description];
  return told.filter(Boolean).join(". ");
}

function entitySetXml({ name, type, about }: EntitySet): string {
  const annotations = Object.entries(SET_CAPABILITIES).map(annotationXml).join("");
  return `        <EntitySet Name="${name}" EntityType="${NAMESPACE}.${type}">${described(about)}${annotations}</EntitySet>`;
}
