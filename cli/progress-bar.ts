const WIDTH = 30;

/** A bar on the terminal's standard error; nothing where that is a file or a pipe. */
export class ProgressBar {
  private shown = "";

  constructor(
    private readonly title: string,
    private readonly out: NodeJS.WriteStream = process.stderr,
  ) {}

  show(done: number, all: number): void {
    if (!this.out.isTTY || all === 0) return;
    const share = Math.min(1, done / all);
    const filled = Math.round(share * WIDTH);
    const bar = `${"█".repeat(filled)}${"░".repeat(WIDTH - filled)}`;
    const line = `${this.title} ${bar} ${Math.round(share * 100)} %`;
    if (line === this.shown) return;
    this.shown = line;
    this.out.write(`\r${line}`);
  }

  end(): void {
    if (this.shown !== "") this.out.write("\n");
  }
}
