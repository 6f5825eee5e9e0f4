import { CONTAINER_CAPABILITIES, SET_CAPABILITIES, type Told } from "./capabilities";
import type { EntitySet } from "./entity-set";
import type { Property } from "./entity-type";
import {
  aboutProperty,
  CONTAINER,
  NAMESPACE,
  VOCABULARIES,
  vocabularyAddress,
} from "./metadata-xml";

/** The service's entities in CSDL 4.01, as JSON. */
export function metadataJson(sets: Iterable<EntitySet>): Record<string, unknown> {
  const all = [...sets];
  return {
    $Version: "4.01",
    $Reference: Object.fromEntries(
      Object.entries(VOCABULARIES).map(([alias, namespace]) => [
        vocabularyAddress(namespace, "json"),
        { $Include: [{ $Namespace: namespace, $Alias: alias }] },
      ]),
    ),
    $EntityContainer: `${NAMESPACE}.${CONTAINER}`,
    [NAMESPACE]: {
      ...Object.fromEntries(all.map((set) => [set.type, entityType(set)])),
      [CONTAINER]: {
        $Kind: "EntityContainer",
        ...annotations(CONTAINER_CAPABILITIES),
        ...Object.fromEntries(all.map((set) => [set.name, entitySet(set)])),
      },
    },
  };
}

const entityType = ({ key, properties }: EntitySet) => ({
  $Kind: "EntityType",
  $Key: key.map(({ name }) => name),
  ...Object.fromEntries(properties.map((each) => [each.name, propertyJson(each)])),
});

const propertyJson = (property: Property) => ({
  $Type: property.type,
  ...(property.isCollection && { $Collection: true }),
  ...(!property.isKey && !property.isCollection && { $Nullable: true }),
  ...(property.type === "Edm.DateTimeOffset" && { $Precision: 3 }),
  ...annotations({ "Core.Description": aboutProperty(property) }),
});

const entitySet = ({ type, about }: EntitySet) => ({
  $Collection: true,
  $Type: `${NAMESPACE}.${type}`,
  ...annotations({ "Core.Description": about, ...SET_CAPABILITIES }),
});

const annotations = (told: Readonly<Record<string, Told>>) =>
  Object.fromEntries(
    Object.entries(told).map(([term, value]) => [
      `@${term}`,
      typeof value === "string" && term === "Capabilities.ConformanceLevel"
        ? value.split("/").at(-1)
        : value,
    ]),
  );
