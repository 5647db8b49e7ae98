"""The document's example calls in the demo world: who makes each, and what must be there for it to succeed."""

import hashlib
import hmac
from typing import Any

from meta_b2b_sandbox.tokens import APP_SECRET
from meta_b2b_sandbox.world import AD_ACCOUNT, AGENCY, EMPLOYEE, OWNER, PAGE

from tests.support.document import example_call
from tests.support.graph import Graph

GRANT = {"business": AGENCY, "permitted_tasks": ["ADVERTISE", "ANALYZE"]}
# Others are called by the agency, on the owner's ad accounts by the owner.
CALLERS = {
    **dict.fromkeys(("grant_page_access", "remove_agency", "list_agencies"), "owner-page-token"),
    **dict.fromkeys(("assign_page_user", "list_page_users", "remove_page_user"), "owner-token"),
    **dict.fromkeys(("create_managed_business", "remove_managed_business"), "owner-token"),
    "create_access_token": "agency-system-token",
    "get_long_lived_token": None,
}
RELATED = ("create_access_token", "remove_managed_business")
ASSIGNED = ("remove_page_user", "remove_ad_account_user")


def succeeding_call(
    graph: Graph, operation_id: str
) -> tuple[str, str, str | None, dict[str, Any], dict[str, Any]]:
    """(method, path, token, query, JSON body) of the example, after what it needs was done."""
    method, path, query, body = example_call(operation_id)
    token = CALLERS.get(operation_id, "owner-token" if path.startswith("/act_") else "agency-token")
    if method == "DELETE":
        graph("POST", f"/{PAGE}/agencies", "owner-page-token", json=GRANT)
        graph("POST", f"/{AD_ACCOUNT}/agencies", json=GRANT)
    if operation_id == "remove_client":
        query = {"business": OWNER}
    if operation_id in RELATED:
        client = {"existing_client_business_id": OWNER}
        graph("POST", f"/{AGENCY}/managed_businesses", json=client)
    if operation_id in ASSIGNED:
        for asset in (PAGE, AD_ACCOUNT):
            graph("POST", f"/{asset}/assigned_users", json={"user": f"7{EMPLOYEE}"})
    if operation_id == "create_access_token":
        proof = hmac.new(APP_SECRET.encode(), str(token).encode(), hashlib.sha256).hexdigest()
        query = {**query, "appsecret_proof": proof}
    return method, path, token, query, body
