// Loaded into Prism by `node --require`, for two things that Prism cannot do by itself.
"use strict";

// 1. End with the process that started it, however that one dies (even by SIGKILL): only the parent
//    holds the other end of stdin. Unlike Linux's PR_SET_PDEATHSIG this works on macOS too, and it does
//    not fire when merely the thread that started Prism ends.
process.stdin.on("end", () => process.exit()).on("error", () => process.exit()).resume();

// 2. Say that it listens, and where. Prism's own line comes only at a log level that also logs every
//    request, which halves the throughput.
require("node:diagnostics_channel").subscribe("tracing:net.server.listen:asyncEnd", ({ server }) => {
  process.stdout.write(`listening on port ${server.address().port}\n`);
});
