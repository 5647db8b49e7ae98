// What the page does beside htmx: copying, calls as they come, the count in the title, a file that is imported.
"use strict";

const message = document.getElementById("message");

function say(text, failed = false) {
  const box = document.createElement("div");
  box.className = failed ? "message failed" : "message";
  box.textContent = text;
  message.replaceChildren(box);
}

// Copying, and closing.

let opener = null;

async function copy(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    // A page that came by plain HTTP from another machine has no clipboard.
    const area = document.createElement("textarea");
    area.value = button.dataset.copy;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    button.focus();
  }
  say(document.body.dataset.copied);
}

function closeDetail() {
  document.getElementById("detail")?.replaceChildren();
  opener?.focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.copy !== undefined) copy(button);
  if (button.dataset.close !== undefined) message.replaceChildren();
  if (button.dataset.closeDetail !== undefined) closeDetail();
  if (button.dataset.detail !== undefined) opener = button;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  message.replaceChildren();
  if (document.getElementById("detail")?.hasChildNodes()) closeDetail();
  for (const menu of document.querySelectorAll("details.worlds[open]")) menu.open = false;
});

// Forms that choose what is shown need no button.

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-auto]");
  if (form && event.target.type !== "search") form.requestSubmit();
});

// After an answer: how many wait, in the title too; the detail of a call gets the focus.

document.addEventListener("htmx:afterSettle", (event) => {
  const count = document.getElementById("waiting-count")?.dataset.count;
  const title = document.title.replace(/^\([0-9]+\) /, "");
  document.title = count && count !== "0" ? `(${count}) ${title}` : title;
  if (event.detail.target?.id === "detail") {
    const heading = event.detail.target.querySelector("h2");
    if (heading) {
      heading.tabIndex = -1;
      heading.focus();
    }
  }
});

document.addEventListener("htmx:afterRequest", (event) => {
  const empties = event.detail.elt.dataset?.empties;
  if (empties && event.detail.successful) {
    document.getElementById(empties).replaceChildren();
    showEmptiness();
  }
});

// Only what somebody clicked is worth a message: what the page asks by itself, it asks again.
document.addEventListener("htmx:sendError", (event) => {
  if (event.detail.requestConfig?.verb !== "get") say(document.body.dataset.lost, true);
});

// Calls, as they come: one question after the other, each for what came since the last one.

const MOST_ROWS = 1000;
const calls = document.getElementById("calls");

function showEmptiness() {
  if (calls) document.getElementById("no-calls").hidden = calls.rows.length > 0;
}

async function watch() {
  let since = Number(calls.dataset.since);
  const address = new URL(calls.dataset.calls, location.href);
  for (;;) {
    await new Promise((done) => setTimeout(done, document.hidden ? 3000 : 700));
    address.searchParams.set("since", since);
    try {
      const answer = await fetch(address);
      if (answer.status !== 200) continue;
      const last = Number(answer.headers.get("x-last-call"));
      const rows = document.createElement("template");
      rows.innerHTML = await answer.text();
      const added = [...rows.content.querySelectorAll("tr")];
      calls.prepend(...added);
      for (const row of added) htmx.process(row);
      while (calls.rows.length > MOST_ROWS) calls.lastElementChild.remove();
      since = last;
      showEmptiness();
    } catch {
      // It does not answer just now; what comes meanwhile is asked for later.
    }
  }
}

if (calls) {
  showEmptiness();
  watch();
}

// A file that becomes the world.

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.dataset.import) return;
  event.preventDefault();
  try {
    const seed = await form.elements.file.files[0].text();
    const answer = await fetch(form.dataset.import, { method: "POST", body: new URLSearchParams({ seed }) });
    htmx.swap("#message", await answer.text(), { swapStyle: "innerHTML" });
    if (answer.ok) htmx.trigger(document.body, "changed");
  } catch {
    say(document.body.dataset.lost, true);
  }
});
