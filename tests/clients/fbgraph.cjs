// A story with fbgraph: node fbgraph.cjs http://127.0.0.1:4020. Prints what it read, as JSON.

const { promisify } = require("node:util");
const graph = require("fbgraph");

graph.setGraphUrl(process.argv[2]);
graph.setVersion("24.0");

const get = promisify((url, params, then) => graph.get(url, params, then));
const post = promisify((url, data, then) => graph.post(url, data, then));
const del = promisify((url, data, then) => graph.del(url, data, then));
const as = (token) => void graph.setAccessToken(token);
const names = (answer) => answer.data.map((one) => one.name);
const story = {};

async function main() {
  as("owner-token");
  const businesses = await get("me/businesses", { fields: "id,name,owned_ad_accounts{id,name}" });
  story.business = businesses.data[0].id;
  story.accounts = names(businesses.data[0].owned_ad_accounts);
  const pages = await get("me/accounts", { fields: "name,access_token" });
  story.pages = names(pages);

  const grant = { business: "3333333333", permitted_tasks: ["ADVERTISE", "ANALYZE"] };
  await post("act_4444444444/agencies", grant);
  story.agencies = names(await get("act_4444444444/agencies", { fields: "name" }));
  as(pages.data[0].access_token);
  await post("1900952844321/agencies", { ...grant, permitted_tasks: '["ADVERTISE","ANALYZE"]' });

  as("agency-token");
  story.clients = names(await get("3333333333/clients", {}));
  const held = await get("3333333333/client_ad_accounts", { fields: "name,timezone_name,permitted_tasks" });
  story.held = [held.data[0].timezone_name, held.data[0].permitted_tasks];

  as("owner-token");
  let page = await get("act_4444444445/agencies", { fields: "id", limit: 50 });
  story.crowd = page.data.length;
  while (page.paging && page.paging.next) {
    page = await get(page.paging.next, {});
    story.crowd += page.data.length;
  }
  await del("act_4444444444/agencies?business=3333333333", {});
  as("agency-token");
  await del("3333333333/pages", { page_id: "1900952844321" });
  story.left = (await get("3333333333/clients", {})).data.length;
  try {
    await get("2222222222/owned_pages", {});
  } catch (error) {
    story.refused = error.code;
  }
  console.log(JSON.stringify(story));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
