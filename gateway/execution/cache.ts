/** Keeps the values that were used last, up to a number of them, and of characters in their keys. */
export class Cache<Value> {
  private readonly values = new Map<string, Value>();
  private characters = 0;

  constructor(
    private readonly size: number,
    private readonly maxCharacters: number,
  ) {}

  get(key: string): Value | undefined {
    const value = this.values.get(key);
    if (value === undefined || this.isHalfEmpty()) return value;
    // Moved to the young end, once there is enough for age to matter.
    this.values.delete(key);
    this.values.set(key, value);
    return value;
  }

  set(key: string, value: Value): void {
    this.delete(key);
    this.values.set(key, value);
    this.characters += key.length;
    while (this.values.size > this.size || this.characters > this.maxCharacters)
      this.delete(this.values.keys().next().value!);
  }

  private delete(key: string): void {
    if (this.values.delete(key)) this.characters -= key.length;
  }

  private isHalfEmpty(): boolean {
    return this.values.size < this.size / 2 && this.characters < this.maxCharacters / 2;
  }
}
