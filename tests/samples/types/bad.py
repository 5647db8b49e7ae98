"""What users write by mistake: mypy and pyright find each such line, by the rules that it names, and no other."""

import httpx
from meta_b2b_client import AsyncB2BClient, B2BClient, GraphError, prepare
from meta_b2b_client.models import AdAccount

b2b = B2BClient("any")


# The client

B2BClient(access_token=1)  # bad: arg-type, reportArgumentType
B2BClient("any", retries=1)  # bad: call-arg, reportCallIssue
B2BClient("any", http_client=httpx.AsyncClient())  # bad: arg-type, reportArgumentType
AsyncB2BClient("any", http_client=httpx.Client())  # bad: arg-type, reportArgumentType
AsyncB2BClient("any", on_usage=print)  # bad: arg-type, reportArgumentType
b2b.client  # bad: attr-defined, reportAttributeAccessIssue
b2b.with_options(token="other")  # bad: call-arg, reportCallIssue
b2b.with_options(base_url="http://127.0.0.1")  # bad: call-arg, reportCallIssue

# Arguments

grant = b2b.grant_ad_account_access
grant("1", business="2", permitted_tasks=["MODERATE"])  # bad: list-item, reportArgumentType
grant("1", business="2", permitted_tasks="ADVERTISE")  # bad: arg-type, reportArgumentType
grant("1", permitted_tasks=["ADVERTISE"])  # bad: call-arg, reportCallIssue
grant("1", "2", ["ADVERTISE"])  # bad: call-arg, reportCallIssue
b2b.list_ad_account_obo_requests("1", status="NEW")  # bad: arg-type, reportArgumentType
b2b.list_clients("1", summary="all")  # bad: arg-type, reportArgumentType
b2b.get_obo_request(1)  # bad: arg-type, reportArgumentType
b2b.get_business()  # bad: call-arg, reportCallIssue
b2b.remove_client_page("1")  # bad: call-arg, reportCallIssue
b2b.get_me(max_items=1)  # bad: call-arg, reportCallIssue

# What calls give

b2b.list_ad_account_agencies("1").total_count()  # bad: attr-defined, reportAttributeAccessIssue
b2b.list_clients("1").data  # bad: attr-defined, reportAttributeAccessIssue
b2b.grant_everything("1")  # bad: attr-defined, reportAttributeAccessIssue
b2b.get_me().granted  # bad: attr-defined, reportAttributeAccessIssue
b2b.get_business("1").name.upper()  # bad: union-attr, reportOptionalMemberAccess
AdAccount(name="any")  # bad: call-arg, reportCallIssue
AdAccount(id="1", nme="any")  # bad: call-arg, reportCallIssue

# Seams

b2b.with_raw_response.get_me().name  # bad: attr-defined, reportAttributeAccessIssue
b2b.with_raw_response.get_business()  # bad: call-arg, reportCallIssue
for _entry in b2b.with_raw_response.list_clients("1"):  # bad: attr-defined, reportGeneralTypeIssues
    pass
b2b.batch([b2b.get_business("1")])  # bad: arg-type, reportArgumentType
b2b.batch([prepare.get_business()])  # bad: call-arg, reportCallIssue
for result in b2b.batch([prepare.get_business("1")]):
    result.name  # bad: union-attr, reportAttributeAccessIssue
prepare.get_business("1").name  # bad: attr-defined, reportAttributeAccessIssue
b2b.get("/me", fields="id")  # bad: call-arg, reportCallIssue
b2b.get("/me").name  # bad: attr-defined, reportAttributeAccessIssue

try:
    b2b.get_me()
except GraphError as error:
    print(error.code + 1)  # bad: operator, reportOptionalOperand


async def main() -> None:
    async with AsyncB2BClient("any") as b2b:
        for _agency in b2b.list_ad_account_agencies("1"):  # bad: attr-defined, reportGeneralTypeIssues
            pass
        b2b.cancel_obo_request("1").success  # bad: attr-defined, reportAttributeAccessIssue
        b2b.with_raw_response.get_me().parse()  # bad: attr-defined, reportAttributeAccessIssue
        with AsyncB2BClient("any"):  # bad: attr-defined, reportGeneralTypeIssues
            pass
