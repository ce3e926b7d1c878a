import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import * as rpc from "@pulumi/pulumi/proto/resource_pb";
import { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import { zonesOf } from "../../local/invokes/aws";
import type { Properties } from "../../local/values";
import { fromStruct, toStruct } from "../../local/wire";

export interface Registration {
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  readonly inputs?: Properties;
  readonly urn: string;
  readonly provider: string;
  readonly dependencies: readonly string[];
  readonly ignoreChanges: readonly string[];
}

/** The engine's side of a construction: records registrations and answers with ids, or in a preview without. */
export class FakeMonitor {
  readonly registrations: Registration[] = [];
  outputs: Properties = {};
  readonly #server = new grpc.Server();

  constructor(readonly preview = false) {
    this.#server.addService(ResourceMonitorService, {
      registerResource: (
        call: grpc.ServerUnaryCall<rpc.RegisterResourceRequest, rpc.RegisterResourceResponse>,
        done: grpc.sendUnaryData<rpc.RegisterResourceResponse>,
      ) => done(null, this.#register(call.request)),
      registerResourceOutputs: (
        call: grpc.ServerUnaryCall<rpc.RegisterResourceOutputsRequest, Empty>,
        done: grpc.sendUnaryData<Empty>,
      ) => {
        this.outputs = fromStruct(call.request.getOutputs());
        done(null, new Empty());
      },
      invoke: (
        call: grpc.ServerUnaryCall<rpc.ResourceInvokeRequest, InvokeResponse>,
        done: grpc.sendUnaryData<InvokeResponse>,
      ) => done(null, new InvokeResponse().setReturn(toStruct(this.#answer(call.request)))),
    });
  }

  async start(): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
        error === null ? resolve(`127.0.0.1:${port}`) : reject(error),
      );
    });
  }

  stop(): void {
    this.#server.forceShutdown();
  }

  /** What another resource of the deployment has come to, by URN, for those that the test has put here. */
  readonly states = new Map<string, Properties>();

  #answer(request: rpc.ResourceInvokeRequest): Properties {
    const urn = fromStruct(request.getArgs())["urn"];
    if (request.getTok() === "pulumi:pulumi:getResource")
      return { state: this.states.get(String(urn)) ?? {} };
    return { names: zonesOf("us-east-1"), partition: "aws", version: "v1.0.0" };
  }

  #register(request: rpc.RegisterResourceRequest): rpc.RegisterResourceResponse {
    const [type, name] = [request.getType(), request.getName()];
    const parent = this.registrations.find(({ urn }) => urn === request.getParent());
    const urn = `urn:pulumi:dev::p::${type}::${name}`;
    this.registrations.push({
      type,
      name,
      urn,
      parent: parent === undefined ? "stack" : `${parent.type} ${parent.name}`,
      ...(request.getCustom() ? { inputs: fromStruct(request.getObject()) } : {}),
      provider: request.getProvider(),
      dependencies: request.getDependenciesList(),
      ignoreChanges: request.getIgnorechangesList(),
    });
    const id = request.getCustom() && !this.preview ? `id-${this.registrations.length}x` : "";
    const made = fromStruct(request.getObject());
    const state = this.preview ? made : { ...workedOut(type, name), ...made };
    return new rpc.RegisterResourceResponse().setUrn(urn).setId(id).setObject(toStruct(state));
  }
}

/** Outputs that components read of what they register. */
function workedOut(type: string, name: string): Properties {
  const arn = `arn:aws:x:::${name}`;
  if (type !== "aws:eks/cluster:Cluster") return { arn };
  return {
    arn,
    name,
    endpoint: "https://X.eks",
    certificateAuthority: { data: "Y2E=" },
    identities: [{ oidcs: [{ issuer: "https://oidc.eks/id/X" }] }],
  };
}
