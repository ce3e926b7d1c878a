// One stack's program and its engine, in a process of its own: an error that a program leaves uncaught reaches every
// inline program of its process, and must not reach another cloud's.
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { causeOf } from "./engine-watch";
import type { Leftover } from "./phases";
import type { MadeAnyway } from "./recover";
import { runStack } from "./run-stack";
import type { Answer, Assignment, FromWorker, Question, ToWorker } from "./worker-messages";

const cancel = new AbortController();
const waiting = new Map<number, (answer: Answer) => void>();

function send(message: FromWorker): void {
  if (process.connected) process.send?.(message);
}

function ask(question: Question): Promise<Answer> {
  return new Promise((resolve) => {
    const id = waiting.size + 1;
    waiting.set(id, resolve);
    send({ kind: "ask", id, question });
  });
}

async function work(assignment: Assignment): Promise<void> {
  const { default: program } = (await import(assignment.programModule)) as { readonly default: PulumiFn };
  const result = await runStack({
    ...assignment,
    program,
    cloud: {
      inventory: async (stack) => (await ask({ ask: "inventory", stack })) as readonly Leftover[],
      pendingCreates: async (exported) =>
        (await ask({ ask: "pendingCreates", exported })) as readonly MadeAnyway[],
    },
    signal: cancel.signal,
    tell: (event) => send({ kind: "event", event }),
  });
  send({ kind: "result", result });
}

process.on("message", (message: ToWorker) => {
  if (message.kind === "cancel") cancel.abort();
  if (message.kind === "answer") waiting.get(message.id)?.(message.answer);
  if (message.kind !== "start") return;
  work(message.assignment)
    .catch((error: unknown) => send({ kind: "fault", message: causeOf(error) }))
    .finally(() => process.disconnect());
});
// The command is gone: let the engine end its current steps and save its state.
process.on("disconnect", () => cancel.abort());
