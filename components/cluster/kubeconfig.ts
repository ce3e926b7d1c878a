import * as pulumi from "@pulumi/pulumi";

/** A program that logs in with the identity that its user has at the cloud. */
export interface LoginPlugin {
  readonly command: string;
  readonly args: readonly pulumi.Input<string>[];
  readonly installHint: string;
}

export interface KubeconfigArgs {
  readonly clusterName: pulumi.Input<string>;
  /** `https://…` */
  readonly endpoint: pulumi.Input<string>;
  /** Certificate of the cluster's authority, base64. */
  readonly certificateAuthority: pulumi.Input<string>;
  readonly login: LoginPlugin;
}

/** A kubeconfig as JSON, which kubectl reads as it reads YAML. It holds no token, and is secret all the same. */
export function kubeconfig({
  clusterName,
  endpoint,
  certificateAuthority,
  login,
}: KubeconfigArgs): pulumi.Output<string> {
  const config = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      {
        name: clusterName,
        cluster: { server: endpoint, "certificate-authority-data": certificateAuthority },
      },
    ],
    users: [
      {
        name: clusterName,
        user: {
          exec: {
            apiVersion: "client.authentication.k8s.io/v1beta1",
            command: login.command,
            args: login.args,
            installHint: login.installHint,
            interactiveMode: "IfAvailable",
            provideClusterInfo: true,
          },
        },
      },
    ],
    contexts: [{ name: clusterName, context: { cluster: clusterName, user: clusterName } }],
    "current-context": clusterName,
  };
  return pulumi.secret(pulumi.jsonStringify(config));
}
