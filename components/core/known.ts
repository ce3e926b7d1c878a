import type * as pulumi from "@pulumi/pulumi";

/**
 * A value that a contract leaves open for clouds that have no such thing, on a cloud whose own drivers always give it.
 *
 * @param need - who needs what, for example `Azure storage needs a subnet for its private endpoint`.
 * @throws Error with that sentence when the value is not there, as with an existing network that leaves something out.
 */
export function known(value: pulumi.Output<string | undefined>, need: string): pulumi.Output<string> {
  return value.apply((text) => {
    if (text === undefined) throw new Error(need);
    return text;
  });
}
