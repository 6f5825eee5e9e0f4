import { CreateMuseum1790000000000 } from "./1790000000000-create-museum";
import { CreateMuseumPlacement1790000001000 } from "./1790000001000-create-museum-placement";
import { CreateMuseumReport1790000002000 } from "./1790000002000-create-museum-report";

/** In the order in which they run. */
export const migrations = [
  CreateMuseum1790000000000,
  CreateMuseumPlacement1790000001000,
  CreateMuseumReport1790000002000,
];
