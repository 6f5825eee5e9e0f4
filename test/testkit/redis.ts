import { createClient } from "redis";

export const REDIS = process.env.TEST_REDIS_URL ?? "redis://127.0.0.1:6379/15";

/**
 * A machine with nothing installed has no Redis: a test that wants one is left out there, and that is told.
 * @throws where one is named, which is no machine with nothing installed, and it does not answer.
 */
export async function isRedisHere(): Promise<boolean> {
  const client = createClient({
    url: REDIS,
    socket: { connectTimeout: 2000, reconnectStrategy: false },
  });
  // Told by what fails for it.
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.ping();
    return true;
  } catch (cause) {
    if (process.env.TEST_REDIS_URL !== undefined)
      throw new Error("The Redis that TEST_REDIS_URL names does not answer", { cause });
    console.warn("Redis không có ở đây, bỏ qua / Redis is not here, left out");
    return false;
  } finally {
    client.destroy();
  }
}
