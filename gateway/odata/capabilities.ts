import { FUNCTIONS } from "./filter-functions";

/** What an annotation says. */
export type Told = boolean | string | readonly string[] | Readonly<Record<string, boolean>>;

/** What the whole service can do, in the vocabularies' terms: so a client asks for nothing that is refused. */
export const CONTAINER_CAPABILITIES: Readonly<Record<string, Told>> = {
  "Core.ODataVersions": "4.0,4.01",
  "Capabilities.ConformanceLevel": "Org.OData.Capabilities.V1.ConformanceLevelType/Minimal",
  "Capabilities.SupportedFormats": ["application/json"],
  "Capabilities.FilterFunctions": [...Object.keys(FUNCTIONS), "cast"],
  "Capabilities.AsynchronousRequestsSupported": false,
  "Capabilities.BatchSupported": false,
  "Capabilities.CrossJoinSupported": false,
};

/** What can be done with every entity set. */
export const SET_CAPABILITIES: Readonly<Record<string, Told>> = {
  "Capabilities.ExpandRestrictions": { Expandable: false },
  "Capabilities.SearchRestrictions": { Searchable: false },
  "Capabilities.InsertRestrictions": { Insertable: false },
  "Capabilities.UpdateRestrictions": { Updatable: false },
  "Capabilities.DeleteRestrictions": { Deletable: false },
};
