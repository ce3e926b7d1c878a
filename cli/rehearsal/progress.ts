import pc from "picocolors";
import type { PhaseResult, StackEvent } from "./report";

/** Shows several stacks at work. */
export interface Progress {
  tell(lane: string, event: StackEvent): void;
  /** A line that concerns the whole run. */
  line(text: string): void;
  stop(): void;
}

/** A terminal, or something that lines can be written to. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** What a lane's live line is made from. */
interface Lane {
  readonly finished: string[];
  phase: string;
  detail: string;
  since: number;
  started: number;
}

const heartbeatMs = 20_000;
const redrawMs = 120;
const spinner = ["|", "/", "-", "\\"];

/** One live line a lane on a terminal; elsewhere, and in CI, lines that are only ever appended. */
export function showProgress(lanes: readonly string[], stream: ProgressStream = process.stderr): Progress {
  const live = stream.isTTY === true && process.env["CI"] === undefined && process.env["TERM"] !== "dumb";
  return live ? liveProgress(lanes, stream) : plainProgress(lanes, stream);
}

function phaseMark(result: PhaseResult): string {
  const text = `${result.phase} ${result.seconds.toFixed(1)} s`;
  return result.ok ? `${pc.green("✓")} ${text}` : `${pc.red("✗")} ${text}`;
}

function openLanes(names: readonly string[]): Map<string, Lane> {
  const now = Date.now();
  return new Map(
    names.map((name) => [name, { finished: [], phase: "starting", detail: "", since: now, started: now }]),
  );
}

function update(lane: Lane, event: StackEvent): void {
  if (event.kind === "phase") Object.assign(lane, { phase: event.phase, detail: "", since: Date.now() });
  if (event.kind === "resource") {
    const count =
      event.total === undefined ? `${event.done}` : `${Math.min(event.done, event.total)}/${event.total}`;
    lane.detail = `${count} ${event.name}`;
  }
  if (event.kind === "phase-end") {
    lane.finished.push(phaseMark(event.result));
    Object.assign(lane, { phase: event.result.ok ? "" : "stopped", detail: "" });
  }
}

function liveProgress(names: readonly string[], stream: ProgressStream): Progress {
  const lanes = openLanes(names);
  let drawn = 0;
  let frame = 0;
  const clear = () => {
    if (drawn > 0) stream.write(`\x1b[${drawn}A\x1b[J`);
    drawn = 0;
  };
  const draw = () => {
    clear();
    frame++;
    const width = (stream.columns ?? 80) - 1;
    const lines = [...lanes].map(([name, lane]) =>
      laneLine(name, lane, spinner[frame % spinner.length] ?? "", width),
    );
    stream.write(lines.map((line) => `${line}\n`).join(""));
    drawn = lines.length;
  };
  const timer = setInterval(draw, redrawMs);
  timer.unref();
  const above = (text: string) => {
    clear();
    stream.write(`${text}\n`);
    draw();
  };
  return {
    tell: (name, event) => {
      const lane = lanes.get(name);
      if (lane) update(lane, event);
      if (event.kind === "note") above(`${name}: ${event.text}`);
    },
    line: above,
    stop: () => {
      clearInterval(timer);
      draw();
    },
  };
}

/** Cuts to the terminal's width, so that a lane never takes two lines; colours take no room. */
function laneLine(name: string, lane: Lane, spin: string, width: number): string {
  const seconds = Math.floor((Date.now() - lane.since) / 1000);
  const running = lane.phase === "" || lane.phase === "stopped" ? "" : `${spin} ${lane.phase} ${seconds} s`;
  const head = [pc.bold(name.padEnd(6)), ...lane.finished, ...(running === "" ? [] : [running])].join("  ");
  const room = width - head.replace(/\x1b\[[0-9;]*m/g, "").length - 2;
  return lane.detail === "" || room < 8 ? head : `${head}  ${pc.dim(lane.detail.slice(0, room))}`;
}

function plainProgress(names: readonly string[], stream: ProgressStream): Progress {
  const lanes = openLanes(names);
  const write = (text: string) => void stream.write(`${text}\n`);
  const timer = setInterval(() => {
    for (const [name, lane] of lanes) {
      const seconds = Math.floor((Date.now() - lane.since) / 1000);
      if (lane.phase !== "" && lane.phase !== "stopped" && seconds * 1000 >= heartbeatMs) {
        write(`[${name}] ${lane.phase}: ${lane.detail === "" ? "working" : lane.detail}, ${seconds} s`);
      }
    }
  }, heartbeatMs);
  timer.unref();
  return {
    tell: (name, event) => {
      const lane = lanes.get(name);
      if (lane) update(lane, event);
      if (event.kind === "note") write(`[${name}] ${event.text}`);
      if (event.kind === "phase") write(`[${name}] ${event.phase} ...`);
      if (event.kind === "phase-end") write(`[${name}] ${phaseMark(event.result)}: ${event.result.summary}`);
    },
    line: write,
    stop: () => clearInterval(timer),
  };
}
