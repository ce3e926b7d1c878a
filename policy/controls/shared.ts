import type { Control } from "./control";

/** Controls that hold on every cloud: benchmark and scanner numbers read on 2026-11-21. */
export const sharedControls = {
  "X-01": { severity: "critical", references: [] },
  "X-02": { severity: "medium", references: [] },
  "X-03": { severity: "high", references: [] },
  "X-04": { severity: "critical", references: [] },
  "X-05": { severity: "high", references: [] },
  "X-06": { severity: "high", references: [] },
  "X-07": { severity: "medium", references: [] },
} as const satisfies Readonly<Record<string, Control>>;
