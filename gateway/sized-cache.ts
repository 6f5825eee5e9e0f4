/** Keeps the values that were used last, up to a number of bytes; none that would take up a quarter of them. */
export class SizedCache<Value> {
  private readonly values = new Map<string, Value>();
  private bytes = 0;

  constructor(
    private readonly maxBytes: number,
    private readonly sizeOf: (key: string, value: Value) => number,
  ) {}

  find(key: string): Value | undefined {
    const value = this.values.get(key);
    if (value === undefined) return undefined;
    this.values.delete(key);
    this.values.set(key, value);
    return value;
  }

  keep(key: string, value: Value): void {
    this.drop(key);
    const size = this.sizeOf(key, value);
    if (size > this.maxBytes / 4) return;
    this.values.set(key, value);
    this.bytes += size;
    while (this.bytes > this.maxBytes) this.drop(this.values.keys().next().value!);
  }

  clear(): void {
    this.values.clear();
    this.bytes = 0;
  }

  private drop(key: string): void {
    const dropped = this.values.get(key);
    if (dropped === undefined) return;
    this.values.delete(key);
    this.bytes -= this.sizeOf(key, dropped);
  }
}
