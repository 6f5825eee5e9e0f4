/** Something that serves until it is told to stop. */
interface Running {
  stop(): Promise<void>;
}

/**
 * Runs a server as this process: says what is wrong and exits with 1 when it cannot start, and stops it gracefully on
 * SIGTERM and SIGINT.
 */
export function runProcess(start: () => Promise<Running>): void {
  start().then(
    (running) => {
      const stop = () => {
        running.stop().then(
          () => process.exit(0),
          (error) => fail(error),
        );
      };
      process.once("SIGTERM", stop);
      process.once("SIGINT", stop);
    },
    (error) => fail(error),
  );
}

function fail(error: unknown): never {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
