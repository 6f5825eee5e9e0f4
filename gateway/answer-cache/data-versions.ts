import type { RequestContext } from "../request-context";
import type { SaidVersions, Subgraph } from "../subgraph/subgraph";
import { VersionCheck } from "./version-check";

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
/** By how much Vietnam's day begins before that of UTC. */
const VIETNAM_MS = 7 * HOUR_MS;
/** How much the clocks of two machines may differ: as much as is believed of tokens. */
const SKEW_MS = 60 * 1000;

/** What subgraphs say of the versions of their data, as one text that is another after every write to any of it. */
export class DataVersions {
  private readonly checks = new WeakMap<Subgraph, VersionCheck<SaidVersions>>();

  constructor(private readonly clock: () => number = Date.now) {}

  /**
   * Read by a reading that begins after this call. Undefined where a subgraph cannot say; whoever let a whole deadline pass is
   * noted as silent.
   * @param ofMute stands for the version of a subgraph that tells none at all.
   */
  async current(
    subgraphs: readonly Subgraph[],
    { silent }: Pick<RequestContext, "silent">,
    ofMute?: string,
  ): Promise<string | undefined> {
    const said = await Promise.all(subgraphs.map((subgraph) => this.checkOf(subgraph).current()));
    said.forEach(({ isSilent }, at) => isSilent && silent.add(subgraphs[at]!.name));
    return this.textOf(said, ofMute);
  }

  /** As they were last read, whenever that was: whoever has never been asked counts as mute. */
  last(subgraphs: readonly Subgraph[], ofMute: string): string | undefined {
    return this.textOf(
      subgraphs.map((subgraph) => this.checkOf(subgraph).last ?? { isMute: true }),
      ofMute,
    );
  }

  /** A subgraph's clock may be a little late, and what it answers of today be about yesterday. */
  hasDayJustBegun(): boolean {
    return (this.clock() + VIETNAM_MS) % DAY_MS < SKEW_MS;
  }

  /** What is overdue, or in force today, changes without a write; every time zone changes its day at some full hour. */
  private textOf(said: readonly SaidVersions[], ofMute: string | undefined): string | undefined {
    let text = String(Math.floor(this.clock() / HOUR_MS));
    for (const one of said) {
      const version = one.isMute === true ? ofMute : one.text;
      if (version === undefined) return undefined;
      text += ` ${version}`;
    }
    return text;
  }

  private checkOf(subgraph: Subgraph): VersionCheck<SaidVersions> {
    let check = this.checks.get(subgraph);
    if (check === undefined) {
      check = new VersionCheck(() => subgraph.dataVersions());
      this.checks.set(subgraph, check);
    }
    return check;
  }
}
