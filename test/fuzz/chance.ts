/** Numbers that look like chance, and are the same again for the same seed and number. */
export class Chance {
  private state: number;

  constructor(seed: number, number: number) {
    this.state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b)) >>> 0;
  }

  /** A whole number from 0, below the limit. */
  below(limit: number): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  }

  oneOf<Value>(values: readonly Value[]): Value {
    return values[this.below(values.length)]!;
  }

  bytes(length: number): Buffer {
    return Buffer.from(Array.from({ length }, () => this.below(256)));
  }

  /** The same with some of its bytes changed, left out, repeated or added. */
  spoil(bytes: Buffer): Buffer {
    let spoilt = bytes;
    for (let times = 1 + this.below(4); times > 0; times -= 1) {
      const from = this.below(spoilt.length);
      const to = Math.min(spoilt.length, from + 1 + this.below(30));
      const piece = this.oneOf([
        this.bytes(this.below(5)),
        Buffer.alloc(0),
        Buffer.concat([spoilt.subarray(from, to), spoilt.subarray(from, to)]),
        Buffer.from(spoilt.subarray(from, to)).reverse(),
      ]);
      spoilt = Buffer.concat([spoilt.subarray(0, from), piece, spoilt.subarray(to)]);
    }
    return spoilt;
  }
}
