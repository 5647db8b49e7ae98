// A partner acts for a client with Meta's SDK for Node.js: node obo_node_sdk.cjs http://127.0.0.1:4020. Prints what it
// read, as JSON.

const { createHmac } = require("node:crypto");
const { AdAccount, Business, FacebookAdsApi, Page, User } = require("facebook-nodejs-business-sdk");

Object.defineProperty(FacebookAdsApi, "GRAPH", { value: process.argv[2] });

const api = (token) => new FacebookAdsApi(token, "en_US", false);
const on = (Node, id, token) => new Node(id, {}, undefined, api(token));
const proof = (token) => createHmac("sha256", "sandbox-app-secret").update(token).digest("hex");
const [OWNER, AGENCY, PAGE, ACCOUNT] = ["2222222222", "3333333333", "1900952844321", "act_4444444444"];
const [owner, agency, system] = ["owner-token", "agency-token", "agency-system-token"];
const tasks = ["ADVERTISE", "ANALYZE"];
const story = {};

async function main() {
  const client = await on(Business, AGENCY, owner).createManagedBusiness([], { existing_client_business_id: OWNER });
  story.client = [client.id, client.name];
  const made = await on(Business, OWNER, system).createAccessToken([], {
    app_id: "400000000000001",
    scope: ["ads_management", "pages_read_engagement"],
    appsecret_proof: proof(system),
  });
  const token = made._data.access_token;
  const me = await on(User, "me", token).get(["id", "name"]);
  story.name = me.name;
  story.before = [...(await on(User, "me", token).getAccounts(["id"]))].length;
  for (const [Node, id] of [[Page, PAGE], [AdAccount, ACCOUNT]]) {
    await on(Node, id, owner).createAssignedUser([], { user: me.id, tasks });
    const users = await on(Node, id, owner).getAssignedUsers(["id", "tasks"], { business: OWNER });
    story[id] = [...users].map((one) => one._data.tasks);
  }
  const pages = await on(User, "me", token).getAccounts(["name", "tasks"]);
  story.pages = [...pages].map((one) => [one.name, one._data.tasks]);
  const clients = await on(Business, AGENCY, agency).getOwnedBusinesses(["name"]);
  story.clients = [...clients].map((one) => one.name);
  await on(Business, AGENCY, owner).deleteManagedBusinesses({ existing_client_business_id: OWNER });
  try {
    await on(User, "me", token).get(["id"]);
  } catch (error) {
    story.ended = [error.status, error.response.code];
  }
  console.log(JSON.stringify(story));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
