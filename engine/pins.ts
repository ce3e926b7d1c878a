import { join } from "node:path";

/** The engine that this project runs on: every version that must agree stands here, and only here. */
export const pins = {
  /**
   * The version that is fetched or built where none is found. Newest for which both an official release and the Go
   * module proxy's modules exist (looked up 2026-11-21; the proxy serves 3.250.0 and 3.255.0, not 3.260.0).
   */
  engine: "3.255.0",
  /** What a `pulumi` that is already installed must satisfy: not older than the SDK in package-lock.json. */
  fit: ">=3.248.0 <4.0.0",
  /** Lowest Go that builds `engine`: the `go` line of engine/gomod/go.mod. A newer Go is fine. */
  go: "1.26.0",
  /** Package that `engine` is built from, and the variable that holds its version. */
  goPackage: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
  goVersionVariable: "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version",
  /** Where go.mod and go.sum of the build are: `go.sum` verifies every module. */
  goModule: join(__dirname, "gomod"),
  /** The host that serves the official release, asked before a download is tried. */
  downloadUrl: "https://get.pulumi.com/",
} as const;
