// Mercurius's gateway with its JIT, over the addresses and Federation 1 schemas in the JSON file that is named; prints its own.
const { readFileSync } = require("node:fs");
const fastify = require("fastify")({ logger: false });
const gateway = require("@mercuriusjs/gateway");

const { urls, v1 } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const services = Object.entries(urls).map(([name, url]) => ({
  name,
  url,
  schema: v1[name],
  connections: 128,
}));
fastify.register(gateway, { gateway: { services }, jit: 1 });
fastify.listen({ port: 0, host: "127.0.0.1" }).then((url) => console.log(`${url}/graphql`));
