/** A key under which a request may be sent twice and is carried out once. */
export const newKey = (): string =>
  // `randomUUID` is there only over https and on this machine; a network of its own may have neither.
  [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
