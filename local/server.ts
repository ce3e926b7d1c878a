import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { constructors } from "./components/index";
import { configProblems } from "./config";
import { invoke } from "./invokes/index";
import type { Provider } from "./provider";
import { packageVersion, UnknownTypeError } from "./schema";
import { openScope, replacingConfig, type Scope } from "./scope";
import { equal, type Properties } from "./values";
import { fromStruct, toStruct } from "./wire";

type Handler<Request, Response> = (
  request: Request,
  scope: Scope,
  peer: string,
) => Response | Promise<Response>;

/**
 * Answers for one package on the loopback interface.
 *
 * Every provider resource of every stack talks to the same server, and requests do not say which provider they are
 * for; but the engine opens one connection for each provider, so the connection tells.
 */
export class ProviderServer {
  readonly #server = new grpc.Server({
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
  });
  readonly #scopes = new Map<string, Scope>();
  #latest: Scope;
  readonly #version: string;

  constructor(readonly provider: Provider) {
    this.#version = packageVersion(provider.packageName);
    this.#latest = openScope(provider.packageName, {});
    this.#server.addService(ResourceProviderService, this.#implementation());
  }

  /** Starts to listen. Returns the port. */
  async start(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
        if (error === null) resolve(port);
        else reject(error);
      });
    });
  }

  /** Stops at once: an engine that is still there has been told to cancel, or is dead. */
  stop(): void {
    this.#server.forceShutdown();
  }

  #implementation(): grpc.UntypedServiceImplementation {
    return {
      ...this.#lifecycle(),
      ...this.#configuration(),
      ...this.#resources(),
      ...this.#changes(),
    };
  }

  #handle<Request, Response>(handler: Handler<Request, Response>): grpc.handleUnaryCall<Request, Response> {
    return (call, callback) => {
      const peer = call.getPeer();
      Promise.resolve()
        .then(() => handler(call.request, this.#scopes.get(peer) ?? this.#latest, peer))
        .then(
          (response) => callback(null, response),
          (error: unknown) => callback(statusOf(error)),
        );
    };
  }

  #lifecycle(): grpc.UntypedServiceImplementation {
    const empty = (): Empty => new Empty();
    return {
      attach: this.#handle(empty),
      cancel: this.#handle(empty),
      getPluginInfo: this.#handle(() => new PluginInfo().setVersion(this.#version)),
      getSchema: this.#handle(() =>
        new rpc.GetSchemaResponse().setSchema(
          JSON.stringify({ name: this.provider.packageName, version: this.#version }),
        ),
      ),
    };
  }

  #configuration(): grpc.UntypedServiceImplementation {
    const { packageName } = this.provider;
    return {
      checkConfig: this.#handle((request: rpc.CheckRequest) => {
        const inputs = fromStruct(request.getNews());
        return new rpc.CheckResponse()
          .setInputs(toStruct(inputs))
          .setFailuresList(configProblems(packageName, inputs).map(failure));
      }),
      diffConfig: this.#handle((request: rpc.DiffRequest) => {
        const olds = fromStruct(request.getOldInputs() ?? request.getOlds());
        const news = fromStruct(request.getNews());
        const changed = changedKeys(olds, news);
        return diffResponse({
          changed,
          replaces: changed.filter((key) => replacingConfig(packageName).includes(key)),
          deleteBeforeReplace: false,
        });
      }),
      configure: this.#handle((request: rpc.ConfigureRequest, _, peer) => {
        const scope = openScope(packageName, fromStruct(request.getArgs()));
        this.#scopes.set(peer, scope);
        this.#latest = scope;
        // Components hand secrets on, marked as they came. Resources get plain values, and the engine marks whatever
        // follows from a secret.
        const composes = constructors[packageName] !== undefined;
        return new rpc.ConfigureResponse()
          .setAcceptsecrets(composes)
          .setAcceptresources(composes)
          .setSupportspreview(true)
          .setSupportsAutonamingConfiguration(true);
      }),
      invoke: this.#handle(async (request: rpc.InvokeRequest, scope) => {
        const effects = this.provider.faults.hit({ operation: "invoke", type: request.getTok(), name: "" });
        await this.provider.faults.before(effects);
        if (scope.refusal !== undefined) throw scope.refusal;
        const result = invoke(request.getTok(), {
          inputs: fromStruct(request.getArgs()),
          scope,
          world: this.provider.world,
        });
        this.provider.faults.after(effects);
        return new rpc.InvokeResponse().setReturn(toStruct(result));
      }),
      construct: this.#handle(async (request: rpc.ConstructRequest, scope) => {
        const construct = constructors[packageName]?.[request.getType()];
        if (construct === undefined)
          throw new UnknownTypeError(`the local clouds do not model the component ${request.getType()}`);
        const step = { operation: "construct", type: request.getType(), name: request.getName() } as const;
        const effects = this.provider.faults.hit(step);
        await this.provider.faults.before(effects);
        const response = await construct(request, scope);
        this.provider.faults.after(effects);
        return response;
      }),
    };
  }

  #resources(): grpc.UntypedServiceImplementation {
    return {
      check: this.#handle((request: rpc.CheckRequest, scope) => {
        const proposed = proposedName(request.getAutonaming());
        const { inputs, problems } = this.provider.check(
          { urn: request.getUrn(), scope },
          fromStruct(request.getOlds()),
          fromStruct(request.getNews()),
          {
            seed: Buffer.from(request.getRandomseed_asU8()).toString("hex"),
            ...(proposed === undefined ? {} : { proposed }),
          },
        );
        return new rpc.CheckResponse().setInputs(toStruct(inputs)).setFailuresList(problems.map(failure));
      }),
      diff: this.#handle((request: rpc.DiffRequest, scope) => {
        const olds = fromStruct(request.getOldInputs() ?? request.getOlds());
        return diffResponse(
          this.provider.diff({ urn: request.getUrn(), scope }, olds, fromStruct(request.getNews())),
        );
      }),
      read: this.#handle(async (request: rpc.ReadRequest, scope) => {
        const target = { urn: request.getUrn(), scope };
        const found = await this.provider.read(target, request.getId(), fromStruct(request.getInputs()));
        if (found === undefined) return new rpc.ReadResponse();
        return new rpc.ReadResponse()
          .setId(found.id)
          .setInputs(toStruct(found.inputs))
          .setProperties(toStruct(found.state));
      }),
    };
  }

  #changes(): grpc.UntypedServiceImplementation {
    return {
      create: this.#handle(async (request: rpc.CreateRequest, scope) => {
        const target = { urn: request.getUrn(), scope };
        const { id, state } = await this.provider.create(
          target,
          fromStruct(request.getProperties()),
          request.getPreview(),
        );
        return new rpc.CreateResponse().setId(id).setProperties(toStruct(state));
      }),
      update: this.#handle(async (request: rpc.UpdateRequest, scope) => {
        const target = { urn: request.getUrn(), scope };
        const [olds, news] = [fromStruct(request.getOlds()), fromStruct(request.getNews())];
        const state = await this.provider.update(target, request.getId(), olds, news, request.getPreview());
        return new rpc.UpdateResponse().setProperties(toStruct(state));
      }),
      delete: this.#handle(async (request: rpc.DeleteRequest, scope) => {
        await this.provider.delete({ urn: request.getUrn(), scope }, request.getId());
        return new Empty();
      }),
    };
  }
}

/** The name that auto-naming config asks for; null where it turns generated names off. */
function proposedName(options: rpc.CheckRequest.AutonamingOptions | undefined): string | null | undefined {
  if (options === undefined) return undefined;
  return options.getMode() === rpc.CheckRequest.AutonamingOptions.Mode.DISABLE
    ? null
    : options.getProposedName();
}

function changedKeys(olds: Properties, news: Properties): readonly string[] {
  const keys = new Set([...Object.keys(olds), ...Object.keys(news)]);
  return [...keys].filter((key) => key !== "version" && !equal(olds[key], news[key]));
}

function failure({
  property,
  reason,
}: {
  readonly property: string;
  readonly reason: string;
}): rpc.CheckFailure {
  return new rpc.CheckFailure().setProperty(property).setReason(reason);
}

function diffResponse(diff: {
  readonly changed: readonly string[];
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}): rpc.DiffResponse {
  const { DIFF_NONE, DIFF_SOME } = rpc.DiffResponse.DiffChanges;
  return new rpc.DiffResponse()
    .setChanges(diff.changed.length > 0 ? DIFF_SOME : DIFF_NONE)
    .setDiffsList([...diff.changed])
    .setReplacesList([...diff.replaces])
    .setDeletebeforereplace(diff.deleteBeforeReplace);
}

/** What an engine is told of a failure: the sentence for people, never a stack trace. */
function statusOf(error: unknown): Partial<grpc.StatusObject> {
  const details = error instanceof Error ? error.message : String(error);
  return {
    code: error instanceof UnknownTypeError ? grpc.status.INVALID_ARGUMENT : grpc.status.UNKNOWN,
    details,
  };
}
