import { homedir } from "node:os";
import { repositoryRoot } from "./local-layout";

/** Takes what identifies this machine out of a text: its directories, and the given secrets. */
export function masker(secrets: readonly string[] = []): (text: string) => string {
  const replacements: (readonly [string, string])[] = [
    ...secrets.filter((secret) => secret !== "").map((secret) => [secret, "[secret]"] as const),
    [repositoryRoot, "."],
    [homedir(), "~"],
  ];
  return (text) => replacements.reduce((masked, [from, to]) => masked.replaceAll(from, to), text);
}
