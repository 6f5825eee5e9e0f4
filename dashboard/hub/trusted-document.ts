/** An operation of `schema/operations`, by the name that the gateway knows it by. */
export interface TrustedDocument<Answer, Variables> {
  /** Of its file, which is also its name in `/rows/`. */
  readonly name: string;
  /** `sha256:` and the digest of its text. */
  readonly id: string;
  /** For the compiler only: never there. */
  readonly shape?: (variables: Variables) => Answer;
}
