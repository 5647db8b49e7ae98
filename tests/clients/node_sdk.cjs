// A story with Meta's SDK for Node.js: node node_sdk.cjs http://127.0.0.1:4020. Prints what it read, as JSON.

const { AdAccount, Business, FacebookAdsApi, Page, User } = require("facebook-nodejs-business-sdk");

Object.defineProperty(FacebookAdsApi, "GRAPH", { value: process.argv[2] });

const api = (token) => new FacebookAdsApi(token, "en_US", false);
const on = (Node, id, token) => new Node(id, {}, undefined, api(token));
const owner = "owner-token", agency = "agency-token", TASKS = ["ADVERTISE", "ANALYZE"];
const [OWNER, AGENCY, PAGE] = ["2222222222", "3333333333", "1900952844321"];
const [ACCOUNT, CROWDED] = ["act_4444444444", "act_4444444445"];
const story = {};

const names = (list) => [...list].map((one) => one.name);

async function all(cursor) {
  const found = [...cursor];
  while (cursor.hasNext()) {
    await cursor.next();
    found.push(...cursor);
  }
  return found;
}

async function main() {
  const me = on(User, "me", owner);
  const [business] = await me.getBusinesses(["id", "name"]);
  story.business = business.id;
  const accounts = await business.getOwnedAdAccounts(["name", "timezone_name"], { summary: true, limit: 500 });
  story.accounts = [accounts.summary.total_count, accounts[0].timezone_name];
  story.pages = names(await business.getOwnedPages(["name"]));

  const [page] = await me.getAccounts(["id", "access_token"]);
  const withPageToken = on(Page, PAGE, page.access_token);
  await withPageToken.createAgency([], { business: AGENCY, permitted_tasks: TASKS });
  story.pageAgencies = names(await withPageToken.getAgencies(["name"]));

  const account = on(AdAccount, ACCOUNT, owner);
  await account.createAgency([], { business: AGENCY, permitted_tasks: TASKS });
  story.agencies = names(await account.getAgencies(["name", "access_status"]));

  const ours = on(Business, AGENCY, agency);
  story.clients = names(await ours.getClients(["name"]));
  const held = await ours.getClientAdAccounts(["id", "name", "currency", "business", "user_tasks"]);
  story.held = [...held].map((one) => one.exportAllData());
  story.allFields = (await on(AdAccount, ACCOUNT, owner).read(Object.values(AdAccount.Fields))).name;
  story.crowd = (await all(await on(AdAccount, CROWDED, owner).getAgencies(["id"], { limit: 50 }))).length;

  await on(AdAccount, ACCOUNT, owner).deleteAgencies({ business: AGENCY });
  await on(Business, AGENCY, agency).deletePages({ page_id: PAGE });
  story.left = [...(await on(Business, AGENCY, agency).getClients())].length;
  try {
    await on(Business, OWNER, agency).getOwnedPages(["id"]);
  } catch (error) {
    story.refused = [error.status, error.response.code];
  }
  console.log(JSON.stringify(story));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
