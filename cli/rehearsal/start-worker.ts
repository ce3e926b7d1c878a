import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { CloudView } from "./run-stack";
import type { StackEvent, StackResult } from "./report";
import type { Answer, Assignment, FromWorker, Question, ToWorker } from "./worker-messages";

/** A stack at work in its own process. */
export interface Worker {
  /** @throws Error (in the promise) with one line when the process ended without a result. */
  readonly result: Promise<StackResult>;
  /** Lets the engine end its current steps and save its state. */
  cancel(): void;
  /** Ends process and engine at once. */
  kill(): void;
}

/** Starts one stack's process. */
export function startWorker(
  assignment: Assignment,
  cloud: CloudView,
  tell: (event: StackEvent) => void,
): Worker {
  // A group of its own: Ctrl-C in the terminal reaches this command only, which then asks each engine once. A second
  // signal to an engine would end it without saving.
  const child = fork(join(__dirname, "worker.ts"), {
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: { ...process.env, ...assignment.env },
  });
  const post = (message: ToWorker) => {
    if (child.connected) child.send(message);
  };
  post({ kind: "start", assignment });
  return {
    result: listen(child, cloud, tell, post),
    cancel: () => post({ kind: "cancel" }),
    kill: () => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
    },
  };
}

function listen(
  child: ChildProcess,
  cloud: CloudView,
  tell: (event: StackEvent) => void,
  post: (message: ToWorker) => void,
): Promise<StackResult> {
  let printed = "";
  // The program's own prints are in the engine's log already; the last of them tell why a process died.
  const collect = (chunk: Buffer) => (printed = (printed + chunk.toString()).slice(-4000));
  child.stdout?.on("data", collect);
  child.stderr?.on("data", collect);
  return new Promise((resolve, reject) => {
    child.on("message", (message: FromWorker) => {
      if (message.kind === "event") tell(message.event);
      if (message.kind === "result") resolve(message.result);
      if (message.kind === "fault") reject(new Error(message.message));
      if (message.kind === "ask") {
        void answer(message.question, cloud).then((value) =>
          post({ kind: "answer", id: message.id, answer: value }),
        );
      }
    });
    child.once("error", reject);
    // Comes after all messages; without effect when one of them settled the promise.
    child.once("close", (code, signal) => {
      const last = printed
        .split("\n")
        .find((line) => /error/i.test(line))
        ?.trim();
      reject(new Error(last ?? `the stack's process ended with ${signal ?? `exit code ${code ?? "?"}`}`));
    });
  });
}

async function answer(question: Question, cloud: CloudView): Promise<Answer> {
  if (question.ask === "inventory") return await cloud.inventory(question.stack);
  return await cloud.pendingCreates(question.exported);
}
