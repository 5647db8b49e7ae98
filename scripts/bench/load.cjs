// The load of `make bench`. Reads a run per line of stdin, writes its result as a line to stdout, both JSON:
//   { url, connections, amount, requests: [{ method, path, headers, body }] }
//   → { seconds, latencies: [milliseconds], statuses: { status: responses }, failures }
// A path is what comes behind the path of the url, which has the version.
"use strict";
const autocannon = require("autocannon");

async function run({ url, connections, amount, requests }) {
  const version = new URL(url).pathname;
  const latencies = [];
  const statuses = {};
  const connected = new Set();
  let clients = 0;
  let end = 0;
  const load = autocannon({
    url, connections, amount,
    timeout: 10,
    sampleInt: 20, // how often it looks whether the run is over
    // Each connection has its own part of the requests, and repeats it: nothing is granted or removed twice.
    setupClient(client) {
      const number = clients++;
      const own = requests.length < connections ? requests : requests.filter((_, i) => i % connections === number);
      client.setRequests(own.map((request) => ({ ...request, path: version + request.path })));
    },
  });
  const begin = performance.now();
  // Its own percentiles are whole milliseconds: too coarse here.
  load.on("response", (client, status, _bytes, milliseconds) => {
    end = performance.now();
    // The first of a connection waited for the requests of all connections to be built.
    if (connected.has(client)) latencies.push(milliseconds);
    connected.add(client);
    statuses[status] = (statuses[status] ?? 0) + 1;
  });
  const { errors, timeouts, resets } = await load;
  return { seconds: (end - begin) / 1000, latencies, statuses, failures: errors + timeouts + resets };
}

(async () => {
  for await (const line of require("node:readline").createInterface({ input: process.stdin })) {
    process.stdout.write(`${JSON.stringify(await run(JSON.parse(line)))}\n`);
  }
})();
