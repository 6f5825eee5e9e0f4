import type { RunningGateway } from "../../gateway/server";
import { openStream, type OpenStream } from "./event-stream";
import { startHub, startHubGateway, type Hub } from "./hub";

export const SUBSCRIPTION = `subscription ($sector: [Sector!], $year: Int, $after: ID) {
  figuresChanged(sector: $sector, year: $year, after: $after) {
    cursor subgraph sector kind year at dataVersion } }`;

/** A hub with gateways that look for changes every few milliseconds, and the streams that follow them. */
export class LiveHub {
  readonly gateways: RunningGateway[] = [];
  private readonly streams: OpenStream[] = [];

  private constructor(readonly hub: Hub) {}

  /** With two gateways. */
  static async start(): Promise<LiveHub> {
    const live = new LiveHub(await startHub());
    await live.open();
    await live.open();
    return live;
  }

  /** One more gateway. */
  async open(
    more: Omit<Parameters<typeof startHubGateway>[1], "folder"> = {},
  ): Promise<RunningGateway> {
    const options = { liveEveryMs: 20, liveBeatMs: 30, stopWithinMs: 1000 };
    const gateway = await startHubGateway(this.hub.subgraphUrls, {
      folder: this.hub.folder,
      options,
      ...more,
    });
    this.gateways.push(gateway);
    return gateway;
  }

  async follow(
    variables: object = {},
    {
      gateway = this.gateways[0]!,
      headers = {},
    }: { gateway?: RunningGateway; headers?: object } = {},
  ): Promise<OpenStream> {
    const asked = { variables, headers: headers as Record<string, string> };
    const stream = await openStream(gateway.url, SUBSCRIPTION, asked);
    this.streams.push(stream);
    await stream.until("\n\n");
    return stream;
  }

  closeStreams(): void {
    for (const stream of this.streams.splice(0)) stream.close();
  }

  async stop(): Promise<void> {
    for (const gateway of this.gateways) await gateway.stop();
    await this.hub.stop();
  }
}
