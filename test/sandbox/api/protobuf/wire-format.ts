/** Protobuf's wire format: fields of a message, not yet understood. Source: protobuf.dev/programming-guides/encoding. */

export interface WireField {
  readonly number: number;
  /** Of length-delimited and fixed fields; empty for varints. */
  readonly bytes: Buffer;
  readonly varint: bigint;
}

const readVarint = (bytes: Buffer, start: number): { readonly value: bigint; readonly next: number } => {
  let value = 0n;
  for (let at = start, shift = 0n; at < bytes.length; at += 1, shift += 7n) {
    const byte = bytes[at] ?? 0;
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return { value, next: at + 1 };
  }
  throw new Error('protobuf: a number is cut short');
};

export const readFields = (bytes: Buffer): readonly WireField[] => {
  const fields: WireField[] = [];
  let at = 0;
  const take = (number: number, length: number) => {
    fields.push({ number, bytes: bytes.subarray(at, at + length), varint: 0n });
    at += length;
  };
  while (at < bytes.length) {
    const { value: tag, next } = readVarint(bytes, at);
    const number = Number(tag >> 3n);
    at = next;
    switch (Number(tag & 7n)) {
      case 0: {
        const { value, next: after } = readVarint(bytes, at);
        fields.push({ number, bytes: Buffer.alloc(0), varint: value });
        at = after;
        break;
      }
      case 1:
        take(number, 8);
        break;
      case 2: {
        const { value, next: after } = readVarint(bytes, at);
        at = after;
        take(number, Number(value));
        break;
      }
      case 5:
        take(number, 4);
        break;
      default:
        throw new Error(`protobuf: wire type ${tag & 7n} is not used by Kubernetes`);
    }
  }
  return fields;
};

/** Negative numbers are written as 64-bit two's complement. */
export const signed = (varint: bigint): number => Number(BigInt.asIntN(64, varint));
