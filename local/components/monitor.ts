import * as grpc from "@grpc/grpc-js";
import type { ConstructRequest } from "@pulumi/pulumi/proto/provider_pb";
import { ResourceMonitorClient } from "@pulumi/pulumi/proto/resource_grpc_pb";
import * as rpc from "@pulumi/pulumi/proto/resource_pb";
import { packageVersion } from "../schema";
import { isUnknown, object, text, unknownValue, type Properties } from "../values";
import { fromStruct, toStruct } from "../wire";

/** How Pulumi's property wire format marks a reference to a resource. */
const signatureKey = "4dabf18193072939515e22adb298388d";
const resourceSignature = "5cf8f73096256a8f31e491e813e4eb8e";

/** The resource that a reference among the inputs names; undefined for any other value. */
export function referenced(value: unknown): Pick<Registered, "urn" | "id"> | undefined {
  const reference = (value ?? {}) as Properties;
  if (reference[signatureKey] !== resourceSignature) return undefined;
  const id = text(reference, "id") ?? "";
  return { urn: text(reference, "urn") ?? "", id: id === "" ? unknownValue : id };
}

/** A resource that the engine has registered. In a preview the id, and outputs of new resources, are unknown. */
export interface Registered {
  readonly urn: string;
  readonly id: string;
  readonly state: Properties;
}

/** A property value, and the resources that it comes from. */
export class Ref {
  constructor(
    readonly value: unknown,
    readonly from: readonly Registered[],
  ) {}
}

export interface Child {
  readonly type: string;
  readonly name: string;
  readonly parent: Registered;
  /** Plain values, or references to values of other resources. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly dependsOn?: readonly string[];
  /** Properties whose later changes the engine is to ignore. */
  readonly ignoreChanges?: readonly string[];
}

/**
 * Registers resources with the engine's monitor, without the Pulumi runtime: that keeps its state in the process,
 * where inline programs and several constructions run side by side.
 */
export class Monitor {
  readonly #client: ResourceMonitorClient;
  readonly #provider: string;
  readonly #version: string;

  constructor(
    readonly request: ConstructRequest,
    packageName: "aws",
  ) {
    const options = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };
    this.#client = new ResourceMonitorClient(
      request.getMonitorendpoint(),
      grpc.credentials.createInsecure(),
      options,
    );
    this.#provider = request.getProvidersMap().get(packageName) ?? "";
    this.#version = packageVersion(packageName);
  }

  close(): void {
    this.#client.close();
  }

  /** Registers the component itself, with every option that its user gave it. */
  async component(parent = this.request.getParent()): Promise<Registered> {
    const { request } = this;
    const message = new rpc.RegisterResourceRequest()
      .setType(request.getType())
      .setName(request.getName())
      .setParent(parent)
      .setObject(toStruct({}))
      .setAcceptsecrets(true)
      .setAcceptresources(true)
      .setProtect(request.getProtect() ?? false)
      .setDependenciesList(request.getDependenciesList())
      .setAliasesList(request.getAliasesList())
      .setAliasspecs(true)
      .setIgnorechangesList(request.getIgnorechangesList())
      .setReplaceonchangesList(request.getReplaceonchangesList())
      .setRetainondelete(request.getRetainondelete() ?? false)
      .setDeletedwith(request.getDeletedwith());
    request.getProvidersMap().forEach((reference, name) => message.getProvidersMap().set(name, reference));
    return this.#register(message);
  }

  /** Registers a component inside the component. */
  async group(
    type: string,
    name: string,
    parent: Pick<Registered, "urn">,
    dependsOn: readonly string[] = [],
  ): Promise<Registered> {
    const message = new rpc.RegisterResourceRequest()
      .setType(type)
      .setName(name)
      .setParent(parent.urn)
      .setObject(toStruct({}))
      .setAcceptsecrets(true)
      .setAcceptresources(true)
      .setDependenciesList([...dependsOn]);
    return this.#register(message);
  }

  async child(child: Child): Promise<Registered> {
    const inputs: Record<string, unknown> = {};
    const message = new rpc.RegisterResourceRequest()
      .setType(child.type)
      .setName(child.name)
      .setParent(child.parent.urn)
      .setCustom(true)
      .setAcceptsecrets(true)
      .setAcceptresources(true)
      .setSupportspartialvalues(true)
      .setVersion(this.#version)
      .setIgnorechangesList([...(child.ignoreChanges ?? [])])
      .setProvider(this.#provider);
    const dependencies = new Set(child.dependsOn);
    for (const [key, given] of Object.entries(child.inputs)) {
      const value: unknown = given instanceof Ref ? given.value : given;
      if (value !== undefined) inputs[key] = value;
      const urns = given instanceof Ref ? given.from.map(({ urn }) => urn) : [];
      for (const urn of urns) dependencies.add(urn);
      message
        .getPropertydependenciesMap()
        .set(key, new rpc.RegisterResourceRequest.PropertyDependencies().setUrnsList(urns));
    }
    return this.#register(message.setObject(toStruct(inputs)).setDependenciesList([...dependencies]));
  }

  async outputs(component: Registered, outputs: Properties): Promise<void> {
    const message = new rpc.RegisterResourceOutputsRequest()
      .setUrn(component.urn)
      .setOutputs(toStruct(outputs));
    await new Promise<void>((resolve, reject) => {
      this.#client.registerResourceOutputs(message, (error) => (error === null ? resolve() : reject(error)));
    });
  }

  /** Asks a data source, through the provider that the component was given. */
  async invoke(token: string, inputs: Properties): Promise<Properties> {
    const message = new rpc.ResourceInvokeRequest()
      .setTok(token)
      .setArgs(toStruct(inputs))
      .setProvider(this.#provider)
      .setVersion(this.#version)
      .setAcceptresources(true);
    return new Promise((resolve, reject) => {
      this.#client.invoke(message, (error, response) => {
        if (error === null) resolve(fromStruct(response.getReturn()));
        else reject(new Error(error.details));
      });
    });
  }

  /** What another resource of the same deployment has come to: its outputs, or those of a component. */
  async stateOf(urn: string): Promise<Properties> {
    const message = new rpc.ResourceInvokeRequest()
      .setTok("pulumi:pulumi:getResource")
      .setArgs(toStruct({ urn }))
      .setAcceptresources(true);
    return new Promise((resolve, reject) => {
      this.#client.invoke(message, (error, response) => {
        if (error !== null) reject(new Error(error.details));
        else resolve(object(fromStruct(response.getReturn()), "state"));
      });
    });
  }

  /** A reference to a resource, as an output of the component carries it. */
  reference({ urn, id }: Registered): Properties {
    return {
      [signatureKey]: resourceSignature,
      urn,
      id,
      packageVersion: this.#version,
    };
  }

  async #register(message: rpc.RegisterResourceRequest): Promise<Registered> {
    return new Promise((resolve, reject) => {
      this.#client.registerResource(message, (error, response) => {
        if (error !== null) reject(new Error(error.details));
        else {
          const id = response.getId();
          const known = id === "" || isUnknown(id) ? unknownValue : id;
          resolve({ urn: response.getUrn(), id: known, state: fromStruct(response.getObject()) });
        }
      });
    });
  }
}

/** The id of a registered resource, as an input of another. */
export function idOf(resource: Registered): Ref {
  return new Ref(resource.id, [resource]);
}
