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
      invoke: (_: unknown, done: grpc.sendUnaryData<InvokeResponse>) =>
        done(null, new InvokeResponse().setReturn(toStruct({ names: zonesOf("us-east-1") }))),
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
    });
    const id = request.getCustom() && !this.preview ? `id-${this.registrations.length}x` : "";
    return new rpc.RegisterResourceResponse().setUrn(urn).setId(id).setObject(request.getObject());
  }
}
