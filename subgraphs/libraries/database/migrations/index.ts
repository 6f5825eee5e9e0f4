import { CreateLibrary1790000000000 } from "./1790000000000-create-library";
import { CreateLibraryPlacement1790000001000 } from "./1790000001000-create-library-placement";
import { CreateLibraryKind1790000002000 } from "./1790000002000-create-library-kind";
import { CreateLibraryReport1790000003000 } from "./1790000003000-create-library-report";
import { CreateRuling1790000004000 } from "./1790000004000-create-ruling";
import { RecordDefaultRuling1790000005000 } from "./1790000005000-record-default-ruling";

/** In the order in which they run. */
export const migrations = [
  CreateLibrary1790000000000,
  CreateLibraryPlacement1790000001000,
  CreateLibraryKind1790000002000,
  CreateLibraryReport1790000003000,
  CreateRuling1790000004000,
  RecordDefaultRuling1790000005000,
];
