/** An answer of a cloud that refuses a request: the cloud's own error code, and a sentence that says what to change. */
export class CloudError extends Error {
  constructor(
    readonly code: string,
    sentence: string,
  ) {
    super(`${code}: ${sentence}`);
  }
}
