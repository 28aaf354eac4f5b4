// Drives Chalk's face with the clients that others wrote: gRPC's for Node, and Connect's over HTTP/1.1, binary and JSON;
// and by plain JSON.
// Arguments: the file with the descriptors, the folder with the .proto files, the address of gRPC, the URL of Connect,
// the client id, the client secret.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createFileRegistry, fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import grpc from "@grpc/grpc-js";
import loader from "@grpc/proto-loader";

const [descriptors, protos, grpcAddress, url, clientId, clientSecret] = process.argv.slice(2);

async function viaGrpc() {
  const files = ["auth", "integrations"].map((name) => `chalk/server/v1/${name}.proto`);
  const definition = loader.loadSync(files, { includeDirs: [protos], keepCase: true, enums: String, oneofs: true });
  const { AuthService, IntegrationsService } = grpc.loadPackageDefinition(definition).chalk.server.v1;
  const auth = new AuthService(grpcAddress, grpc.credentials.createInsecure());
  const sources = new IntegrationsService(grpcAddress, grpc.credentials.createInsecure());
  const metadata = new grpc.Metadata();
  const call = (client, method, request) =>
    new Promise((resolve, reject) =>
      client[method](request, metadata, (error, answer) => (error ? reject(error) : resolve(answer))));

  const token = await call(auth, "GetToken", { client_id: clientId, client_secret: clientSecret });
  assert.ok(Number(token.expires_at.seconds) > 0);
  const environment = token.primary_environment;
  assert.ok(environment in token.grpc_engines);
  metadata.set("authorization", `Bearer ${token.access_token}`);
  metadata.set("x-chalk-env-id", environment);

  const { integration } = await call(sources, "InsertIntegration", {
    name: "via_grpc",
    integration_kind: "INTEGRATION_KIND_POSTGRESQL",
    config: { PGHOST: { literal: "db" }, PGPASSWORD: { secret_id: "db-password" } },
  });
  assert.equal(integration.environment_id, environment);
  const tested = await call(sources, "TestIntegration", { integration_id: integration.id });
  assert.equal(tested.success, true);
  const { integrations } = await call(sources, "ListIntegrations", {});
  assert.deepEqual(integrations.map((one) => one.name), ["via_grpc"]);
  await assert.rejects(call(sources, "DeleteIntegration", { id: "nobody" }), { code: grpc.status.NOT_FOUND });
  await call(sources, "DeleteIntegration", { id: integration.id });
  metadata.set("authorization", "Bearer wrong");
  await assert.rejects(call(sources, "ListIntegrations", {}), { code: grpc.status.UNAUTHENTICATED });
  auth.close();
  sources.close();
}

async function viaConnect(useBinaryFormat) {
  const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, readFileSync(descriptors)));
  const transport = createConnectTransport({ baseUrl: url, httpVersion: "1.1", useBinaryFormat });
  const client = (name) => createClient(registry.getService(`chalk.server.v1.${name}`), transport);
  const token = await client("AuthService").getToken({ clientId, clientSecret, grantType: "client_credentials" });
  const headers = { authorization: `Bearer ${token.accessToken}`, "x-chalk-env-id": token.primaryEnvironment };
  const sources = client("IntegrationsService");

  const { integration } = await sources.insertIntegration(
    {
      name: `via_connect_${useBinaryFormat}`,
      integrationKind: 11,
      config: { MYSQL_HOST: { value: { case: "literal", value: "db" } } },
    },
    { headers });
  const { integrationWithSecrets } = await sources.getIntegration({ integrationId: integration.id }, { headers });
  assert.deepEqual(integrationWithSecrets.secrets.map((one) => [one.name, one.value]), [["MYSQL_HOST", "db"]]);
  const gone = await sources.getIntegration({ integrationId: "nobody" }, { headers });
  assert.equal(gone.integrationWithSecrets, undefined);
  await assert.rejects(
    sources.insertIntegration({ name: "no-hyphens", integrationKind: 11 }, { headers }),
    (error) => error instanceof ConnectError && error.code === Code.InvalidArgument);
  await assert.rejects(
    sources.listIntegrations({}, { headers: { ...headers, authorization: "Bearer wrong" } }),
    (error) => error instanceof ConnectError && error.code === Code.Unauthenticated);
  await sources.deleteIntegration({ id: integration.id }, { headers });
}

// As Chalk's client for TypeScript does it.
async function viaJson() {
  const json = { accept: "application/json;charset=utf-8", "content-type": "application/json;charset=utf-8" };
  const exchange = (secret) =>
    fetch(`${url}/v1/oauth/token`, {
      method: "POST",
      headers: json,
      body: JSON.stringify({ client_id: clientId, client_secret: secret, grant_type: "client_credentials" }),
    });
  const token = await (await exchange(clientSecret)).json();
  assert.ok(token.primary_environment in token.engines);
  const whoAmI = (bearer) =>
    fetch(`${url}/v1/who-am-i`, {
      headers: { ...json, authorization: `Bearer ${bearer}`, "x-chalk-env-id": token.primary_environment },
    });
  assert.equal(typeof (await (await whoAmI(token.access_token)).json()).user, "string");
  assert.equal((await whoAmI("wrong")).status, 401);
  assert.equal((await exchange("wrong")).status, 401);
}

await viaGrpc();
await viaJson();
await viaConnect(true);
await viaConnect(false);
console.log("ok");
