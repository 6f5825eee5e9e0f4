import type { Represent } from "./representation";
import type { Target } from "./targets";

/** The entities that one fetch asks about, each once. */
export class Asking {
  readonly typenames: string[] = [];
  /** As JSON, without the brackets. */
  representations = "";
  private readonly indexes = new Map<string, number>();
  /** The same indexes where one value tells objects of a type apart: by type, then by that value. */
  private readonly known = new Map<unknown, Map<unknown, number>>();

  constructor(private readonly represent: Represent) {}

  /** Which of the entities the object is; -1 where it is none. */
  indexOf(target: Target): number {
    const identity = this.represent.identity(target);
    if (identity === undefined) return this.indexOfJson(target);
    let known = this.known.get(target.__typename);
    if (known === undefined)
      this.known.set(target.__typename, (known = new Map<unknown, number>()));
    let index = known.get(identity);
    if (index === undefined) {
      const json = this.represent.json(target);
      known.set(identity, (index = json === undefined ? -1 : this.add(target, json)));
    }
    return index;
  }

  /** Told apart by all that is said of it. */
  private indexOfJson(target: Target): number {
    const json = this.represent.json(target);
    if (json === undefined) return -1;
    let index = this.indexes.get(json);
    if (index === undefined) this.indexes.set(json, (index = this.add(target, json)));
    return index;
  }

  private add(target: Target, json: string): number {
    const index = this.typenames.push(this.represent.typename(target)) - 1;
    this.representations += index === 0 ? json : `,${json}`;
    return index;
  }
}
