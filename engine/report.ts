/** Hears what getting an engine does. */
export interface EngineReporter {
  /** A step begins, or something worth knowing happened. */
  step(text: string): void;
  /** Work went on: `done` of `total` things, for example packages compiled. */
  progress(what: string, done: number, total: number): void;
}

/** A terminal, or something that lines can be written to. */
export interface ReportStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Time between two lines where the stream is not a terminal, in milliseconds. */
const quietMs = 20_000;

/** Reports on a stream: one live line for progress on a terminal, a line now and then elsewhere. */
export function streamReporter(
  stream: ReportStream = process.stderr,
  now: () => number = Date.now,
): EngineReporter {
  const started = now();
  const live = stream.isTTY === true && process.env["TERM"] !== "dumb";
  let lastLine = started;
  let open = false;
  const closeLine = () => {
    if (open) stream.write("\r\x1b[K");
    open = false;
  };
  return {
    step(text) {
      closeLine();
      stream.write(`${text}\n`);
    },
    progress(what, done, total) {
      const seconds = Math.round((now() - started) / 1000);
      const text = `${what}: ${done} of ${total} (${Math.floor((100 * done) / Math.max(total, 1))} %), ${seconds} s`;
      if (live) {
        stream.write(`\r\x1b[K${text.slice(0, (stream.columns ?? 80) - 1)}`);
        open = true;
      } else if (now() - lastLine >= quietMs) {
        lastLine = now();
        stream.write(`${text}\n`);
      }
    },
  };
}
