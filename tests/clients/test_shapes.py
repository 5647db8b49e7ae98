"""Calls in the shapes in which real programs send them, and what each program needs of the answer.

The shapes are of about 150 public programs; ids, tokens and names are the demo world's. Where a program asks for more
than the sandbox has, the header x-sandbox-not-modelled must say so: `left_out`.
"""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any

import httpx
import orjson
import pytest
from jsonpath_rfc9535 import find
from meta_b2b_sandbox.tokens import APP_SECRET
from meta_b2b_sandbox.world import AD_ACCOUNT, AGENCY, CROWDED, OUTSIDER, OWNER, PAGE, REVIEWED

from tests.clients.conftest import Answer, Send

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
OWN, AGENT, PAGES = "owner-token", "agency-token", "owner-page-token"
ADS = "account_id,name,account_status,currency,timezone_name,amount_spent,balance,spend_cap"


@dataclass(frozen=True)
class Shape:
    """A call, and what its program reads.

    `target`: path and query; the version is v24.0 unless it begins with a slash, and the token goes to the end of the
    query unless one stands in the call. `reads`: places in the answer as JSONPath, without the `$.`, with blanks
    between; each leads to something. `left_out`: what the answer says is not modelled.
    """

    target: str
    reads: str = ""
    left_out: str = ""
    token: str = OWN

    def __str__(self) -> str:
        return self.target


# Who am I, and which businesses are mine

ME = [
    Shape("me", "id name"),
    Shape("me?fields=id,name", "id name"),
    Shape("me?fields=id,name,email", "id name", "email"),
    Shape(
        "me?fields=name,email,picture.type(large),first_name,last_name",
        "name picture.data.url",
        "email,first_name,last_name",
    ),
    Shape("me?fields=id,name,permissions", "id permissions.data[*].permission"),
    Shape("me?fields=businesses", "businesses.data[*].id businesses.data[*].name"),
    Shape(
        "me?fields=businesses{id,name,owned_ad_accounts{id,name}}",
        "businesses.data[*].owned_ad_accounts.data[*].name",
    ),
    Shape(
        f"me?fields=businesses{{id,name,owned_ad_accounts.limit(200){{{ADS}}},client_ad_accounts.limit(200){{{ADS}}}}}",
        "businesses.data[*].client_ad_accounts.data[*].timezone_name businesses.data[*].name",
        token=AGENT,
    ),
    Shape(
        "me?fields=id,name,businesses{id,name,owned_whatsapp_business_accounts{id,name,phone_numbers{id}}}",
        "businesses.data[*].id",
        "owned_whatsapp_business_accounts",
    ),
    Shape(
        "me?fields=businesses{id,name},accounts{id,name,access_token},adaccounts{id,name}",
        "businesses.data[*].id accounts.data[*].access_token adaccounts.data[*].name",
    ),
    Shape("me?fields=accounts.limit(100){id,name,access_token,tasks}", "accounts.data[*].tasks[0]"),
    Shape("me?fields=id,name,category", "id name category", token=PAGES),
    Shape(
        "me?fields=name,picture{url},adaccounts.limit(1000){age,name,amount_spent,campaigns.limit(1000){status,name}}",
        "picture.data.url adaccounts.data[*].age adaccounts.data[*].amount_spent",
        "campaigns",
    ),
    Shape("me?fields=adaccounts.limit(100)%7Bname,account_id%7D", "adaccounts.data[*].account_id"),
    Shape(
        "me?fields=adaccounts.limit(2500){account_id,id,name,owner,users,business,is_notifications_enabled,ads_volume}",
        "adaccounts.data[*].owner adaccounts.data[*].business.id",
        "users,is_notifications_enabled,ads_volume",
    ),
    Shape(
        f"me?access_token={OWN}&fields=accounts{{category,name,id,access_token, picture, link}}&locale=en_US ",
        "accounts.data[*].access_token accounts.data[*].picture.data.url accounts.data[*].link",
    ),
    Shape(
        "me?fields=businesses.limit(2500){id,name,owned_ad_accounts.limit(2500){id,account_id,name},"
        "business_users.limit(2500){id,name,role,email,pending_email},created_time,owned_pixels{id,name}}",
        "businesses.data[*].owned_ad_accounts.data[*].account_id businesses.data[*].created_time",
        "pending_email,owned_pixels",
    ),
    Shape(
        "me/businesses?fields=id,name,verification_status,clients{adaccount_permissions{id}}",
        "data[*].clients.data[*].adaccount_permissions[*].id",
        token=AGENT,
    ),
    Shape(
        "me/businesses?fields=instagram_business_accounts{id,name},owned_pages{id},client_pages{id},pages{id}",
        "data[*].owned_pages.data[*].id",
        "instagram_business_accounts,pages",
    ),
    Shape("me/permissions", "data[*].permission data[*].status"),
    Shape("me/business_users?fields=role,business{id}", "data[*].role data[*].business.id"),
    Shape("me/businesses", "data[*].id data[*].name paging.cursors.after"),
    Shape("me/businesses?fields=id,name&limit=100", "data[*].id data[*].name"),
    Shape("me/businesses?fields=id,name,permitted_roles&limit=500", "data[*].permitted_roles[0]"),
    Shape(
        "me/businesses?fields=id,name,verification_status,created_time",
        "data[*].verification_status data[*].created_time",
    ),
    Shape(
        "me/businesses?fields=id,name,primary_page{id,name},timezone_id",
        "data[*].primary_page.id data[*].timezone_id",
    ),
    Shape("me/businesses?fields=id,name,profile_picture_uri,link", "data[*].link", "profile_picture_uri"),
    Shape(
        "me/businesses?fields=id,name,owned_ad_accounts{id,name,account_status}",
        "data[*].owned_ad_accounts.data[*].account_status",
    ),
    Shape(
        "me/businesses?fields=id,name,owned_ad_accounts{id,name,account_id,currency,account_status},"
        "client_ad_accounts{id,name,account_id,currency,account_status}&limit=50",
        "data[*].owned_ad_accounts.data[*].currency data[*].client_ad_accounts.data[*].account_id",
        token=AGENT,
    ),
    Shape(
        "me/businesses?fields=id,name,client_ad_accounts.limit(500){id,name},owned_ad_accounts.limit(500){id,name},"
        "client_pages.limit(500){id,name,picture,is_published},owned_pages.limit(500){id,name}",
        "data[*].client_pages.data[*].picture.data.url data[*].client_pages.data[*].is_published",
        token=AGENT,
    ),
    Shape(
        "me/businesses?fields=id,name,client_ad_accounts.limit(1).summary(true){currency,timezone_name},"
        "owned_ad_accounts.limit(1).summary(true){currency},business_users.limit(0).summary(true)&limit=100",
        "data[*].owned_ad_accounts.summary.total_count data[*].client_ad_accounts.summary.total_count "
        "data[*].business_users.summary.total_count",
        token=AGENT,
    ),
    Shape(
        "me/businesses?fields=id,name,instagram_business_accounts{id,username},"
        "owned_pages{id,name,access_token,instagram_business_account{id,username}}",
        "data[*].owned_pages.data[*].access_token",
        "instagram_business_accounts",
    ),
    Shape(
        "me/businesses?fields=name,id,owned_pages.limit(100){name,id,access_token}&limit=100",
        "data[*].owned_pages.data[*].access_token",
    ),
    Shape(
        "me/businesses?fields=id,name,owned_pages.limit(100){id,name,access_token,category},client_pages.limit(100){id,name,category}",
        "data[*].owned_pages.data[*].category",
    ),
    Shape(
        "me/businesses?fields=id,name,owned_pixels.limit(50){id,name},owned_ad_accounts{id}",
        "data[*].owned_ad_accounts.data[*].id",
        "owned_pixels",
    ),
    Shape("me/businesses?summary=true", "data[*].id"),
]

# Ad accounts and Pages of the user

MINE = [
    Shape("me/adaccounts", "data[*].id data[*].account_id paging.cursors"),
    Shape("me/adaccounts?fields=name,account_status", "data[*].name data[*].account_status"),
    Shape("me/adaccounts?fields=id,name,currency,timezone_name", "data[*].timezone_name data[*].currency"),
    Shape("me/adaccounts?fields=id,name,account_status,currency,owner&limit=100", "data[*].owner"),
    Shape(
        "me/adaccounts?fields=account_id,name,business{id,name},balance&limit=200",
        "data[*].business.name data[*].balance",
    ),
    Shape(
        "me/adaccounts?fields=id,name,account_id,account_status,currency,timezone_name,spend_cap,amount_spent,"
        "business_country_code,is_personal,business{id,name},funding_source_details{display_string}&limit=500",
        "data[*].spend_cap data[*].amount_spent data[*].is_personal data[*].business.id",
        "business_country_code,funding_source_details",
    ),
    Shape(
        "me/adaccounts?fields=id,name,age,created_time,disable_reason,is_prepay_account,user_tasks",
        "data[*].age data[*].user_tasks[0] data[*].created_time",
    ),
    Shape("me/adaccounts?fields=name,insights.date_preset(maximum){spend}", "data[*].name", "insights"),
    Shape(
        "me/adaccounts?fields=id,name,adspixels{id,name},campaigns.limit(1){id}",
        "data[*].name",
        "adspixels,campaigns",
    ),
    Shape("me/adaccounts?summary=total_count&limit=1", "summary.total_count paging.next data[0].id"),
    Shape("me/accounts", "data[*].access_token data[*].category data[*].name data[*].id data[*].tasks[0]"),
    Shape("me/accounts?type=page&limit=250", "data[*].access_token"),
    Shape(
        "me/accounts?type=page&fields=id,name,is_published,business&limit=999",
        "data[*].is_published data[*].business.id",
    ),
    Shape("me/accounts?fields=id,name,access_token", "data[*].access_token"),
    Shape(
        "me/accounts?fields=id,name,access_token,tasks,category,picture{url}&limit=100",
        "data[*].picture.data.url",
    ),
    Shape("me/accounts?fields=id,name,access_token,category_list", "data[*].category_list[0].name"),
    Shape("me/accounts?fields=instagram_business_account{id}", "data[*].id"),
    Shape(
        "me/accounts?fields=id,name,instagram_business_account{id,username,profile_picture_url}",
        "data[*].name",
        "profile_picture_url",
    ),
    Shape(
        "me/accounts?fields=id,name,fan_count,followers_count,username,link&limit=50",
        "data[*].fan_count data[*].link",
    ),
    Shape(
        "me/accounts?fields=id,name,website,phone,emails,about", "data[*].name", "website,phone,emails,about"
    ),
    Shape("me/accounts?summary=total_count", "summary.total_count"),
    Shape("me/assigned_pages?fields=id,name", "data"),
]

# A business and its edges

BUSINESS = [
    Shape(OWNER, "id name"),
    Shape(f"{OWNER}?fields=id,name", "id name"),
    Shape(
        f"{OWNER}?fields=id,name,primary_page,timezone_id,verification_status",
        "primary_page.id timezone_id verification_status",
    ),
    Shape(
        f"{OWNER}?fields=id,name,created_time,vertical,two_factor_type,is_hidden",
        "created_time vertical two_factor_type is_hidden",
    ),
    Shape(
        f"{OWNER}?fields=id,name,primary_page{{id,name,location{{city}}}},created_by{{id,name}}",
        "primary_page.name",
        "location,created_by",
    ),
    Shape(
        f"{OWNER}?fields=owned_ad_accounts{{id,name,account_status}}",
        "owned_ad_accounts.data[*].account_status",
    ),
    Shape(
        f"{AGENCY}?fields=owned_ad_accounts.limit(200){{id,name,account_status}},client_ad_accounts.limit(200){{id,name,account_status}}",
        "owned_ad_accounts.data[*].name client_ad_accounts.data[*].name",
        token=AGENT,
    ),
    Shape(
        f"{AGENCY}?fields=name,client_ad_accounts.limit(1000){{account_status,account_id,balance,name,created_time,currency,"
        "timezone_offset_hours_utc,timezone_name,spend_cap,amount_spent}",
        "client_ad_accounts.data[*].timezone_offset_hours_utc client_ad_accounts.data[*].balance name",
        token=AGENT,
    ),
    Shape(
        f"{AGENCY}?fields=client_ad_accounts.limit(100){{amount_spent,name,insights.time_range({{'since':'2020-04-17',"
        "'until':'2020-04-17'}).date_preset(last_3d).time_increment(1){clicks,action_values}}",
        "client_ad_accounts.data[*].amount_spent",
        "insights",
        AGENT,
    ),
    Shape(
        f"{AGENCY}?fields=client_ad_accounts.limit(5000){{id,name,permitted_tasks}}",
        "client_ad_accounts.data[*].permitted_tasks[0]",
        token=AGENT,
    ),
    Shape(
        f"{OWNER}?fields=id,name,agencies.limit(100){{id,name}}", "agencies.data[*].name agencies.paging.next"
    ),
    Shape(
        f"{OWNER}?fields=owned_ad_accounts.limit(100).summary(true){{id}},owned_pages.limit(100).summary(true){{id}}",
        "owned_ad_accounts.summary.total_count owned_pages.summary.total_count",
    ),
    Shape(
        f"{OWNER}?fields=owned_ad_accounts.limit(1){{id}}",
        "owned_ad_accounts.paging.next owned_ad_accounts.paging.cursors.after",
    ),
    Shape(
        f"{OWNER}?fields=business_users.limit(50){{id,name,role}},system_users{{id}}",
        "id business_users.data[*].role",
    ),
    Shape(
        f"{OWNER}?metadata=1", "metadata.type metadata.connections.owned_ad_accounts metadata.fields[*].name"
    ),
    Shape(f"{OWNER}?fields=metadata{{type}}", "metadata.type"),
    Shape(f"{OWNER}/owned_ad_accounts", "data[*].id data[*].account_id"),
    Shape(
        f"{OWNER}/owned_ad_accounts?fields={ADS}&limit=100",
        "data[*].timezone_name data[*].balance data[*].id",
    ),
    Shape(
        f"{OWNER}/owned_ad_accounts?fields=id,account_id,name,account_status,business_name&limit=100",
        "data[*].business_name",
    ),
    Shape(
        f"{OWNER}/owned_ad_accounts?fields=account_id,name,disable_reason,funding_source_details,adspixels{{id,name}}&limit=20",
        "data[*].disable_reason",
        "funding_source_details,adspixels",
    ),
    Shape(
        f"{OWNER}/owned_ad_accounts?fields=id,name,account_status&limit=5000&include_shared_ad_accounts=true",
        "data[*].name",
    ),
    Shape(
        f"{OWNER}/owned_ad_accounts?fields=id,onbehalf_requests.fields(receiving_business.fields(name),status)",
        "data[*].onbehalf_requests.data[*].receiving_business.name",
    ),
    Shape(
        f'{OWNER}/owned_ad_accounts?fields=["id","onbehalf_requests.fields(receiving_business.fields(name),status)"]',
        "data[*].onbehalf_requests.data[*].status",
    ),
    Shape(f"{OWNER}/owned_ad_accounts?search_query=Review&fields=name", "data[0].name"),
    Shape(f"{OWNER}/owned_pages", "data[*].id data[*].name"),
    Shape(
        f"{OWNER}/owned_pages?fields=id,name,category,fan_count,picture&limit=50",
        "data[*].fan_count data[*].picture.data.url",
    ),
    Shape(f"{OWNER}/owned_pages?fields=id,name,access_token,category&limit=100", "data[*].access_token"),
    Shape(
        f"{OWNER}/owned_pages?fields=id,name,username,access_token,tasks&limit=100",
        "data[*].tasks[0] data[*].access_token",
    ),
    Shape(
        f"{OWNER}/owned_pages?fields=name,access_token,instagram_business_account{{id,username,name,followers_count,media_count}}",
        "data[*].access_token",
        "name,followers_count,media_count",
    ),
    Shape(
        f"{AGENCY}/client_ad_accounts?fields=id,account_id,name,account_status&limit=100",
        "data[*].account_id data[*].account_status",
        token=AGENT,
    ),
    Shape(
        f"{AGENCY}/client_ad_accounts?fields=account_id,name,currency,funding_source_details{{display_string}}&limit=200",
        "data[*].currency",
        "funding_source_details",
        AGENT,
    ),
    Shape(
        f"{AGENCY}/client_ad_accounts?fields=id,name,business{{id,name}},permitted_tasks",
        "data[*].business.name data[*].permitted_tasks[0]",
        token=AGENT,
    ),
    Shape(f"{AGENCY}/client_pages", "data[*].id data[*].name", token=AGENT),
    Shape(f"{AGENCY}/client_pages?fields=id,name,access_token", "data[*].access_token", token=AGENT),
    Shape(
        f"{AGENCY}/client_pages?fields=id,name,fan_count,followers_count,access_token,picture",
        "data[*].picture.data.url data[*].followers_count",
        token=AGENT,
    ),
    Shape(
        f"{AGENCY}/client_pages?fields=id,name,access_token,tasks&limit=100", "data[*].tasks[0]", token=AGENT
    ),
    Shape(f"{AGENCY}/clients?fields=id,name", "data[*].id data[*].name", token=AGENT),
    Shape(
        f"{AGENCY}/clients?fields=id,page_permissions{{permitted_tasks,access_status}},adaccount_permissions&limit=200",
        "data[*].page_permissions[0].access_status data[*].adaccount_permissions[0].id",
        token=AGENT,
    ),
    Shape(f"{OWNER}/agencies?fields=id,name&limit=100", "data[*].name paging.next"),
    Shape(
        f"{AGENCY}/clients?fields=id,name,adaccount_permissions{{id,access_status}}&limit=200",
        "data[*].adaccount_permissions[*].access_status",
        token=AGENT,
    ),
    Shape(
        f"{AGENCY}/clients?fields=application_permissions,adaccount_permissions",
        "data[*].adaccount_permissions[*].permitted_tasks[*]",
        token=AGENT,
    ),
    Shape(
        f"{AGENCY}/client_ad_accounts?fields=name,account_id,id,permitted_tasks",
        "data[*].permitted_tasks[*]",
        token=AGENT,
    ),
    Shape(
        f'{OWNER}/owned_ad_accounts?fields=["id","name","account_status","end_advertiser","funding_source","business"]'
        '&filtering=[{"field":"account_status","operator":"NOT_EQUAL","value":"6"}]&limit=10000&locale=vi_VN&method=get'
        "&pretty=0&sort=name_ascending&suppress_http_code=1",
        "data[*].account_status data[*].business.name",
        "end_advertiser",
    ),
    Shape(f"{OWNER}/pending_owned_ad_accounts", "data"),
    Shape(f"{AGENCY}/pending_client_pages?fields=id,page{{id,name}}", "data", token=AGENT),
    Shape(f"{OWNER}/business_users?fields=id,name,role,email&limit=100", "data[*].role data[*].email"),
    Shape(f"{AGENCY}/system_users", "data[*].role", token=AGENT),
    Shape(f"{OWNER}/owned_pixels?fields=id,name", "data", "owned_pixels"),
    Shape(f"{OWNER}/owned_businesses?fields=name,id&limit=50", "data"),
    Shape(f"{OWNER}/owned_instagram_accounts?fields=id,username", "data", "owned_instagram_accounts"),
    Shape(
        f"{OWNER}/owned_whatsapp_business_accounts?fields=id,name&limit=50",
        "data",
        "owned_whatsapp_business_accounts",
    ),
]

# An ad account, a Page, and their edges

ASSETS = [
    Shape(AD_ACCOUNT, "id account_id"),
    Shape(f"{AD_ACCOUNT}?fields=name,{ADS.replace(',name', '')}", "name balance spend_cap"),
    Shape(f"{AD_ACCOUNT}?fields=business{{id,name}}", "business.id"),
    Shape(
        f"{AD_ACCOUNT}?fields=business{{id,name}},business_country_code",
        "business.id",
        "business_country_code",
    ),
    Shape(
        f"{AD_ACCOUNT}?fields=business{{id,name,owned_pages.limit(200){{id,name,is_published}},client_pages.limit(200){{id}}}}",
        "business.owned_pages.data[*].is_published",
    ),
    Shape(
        f"{AD_ACCOUNT}?fields=balance,currency,spend_cap,amount_spent,funding_source_details{{display_string,type}}",
        "amount_spent",
        "funding_source_details",
    ),
    Shape(f"{AD_ACCOUNT}?fields=balance,is_prepay_account,funding_source", "balance is_prepay_account"),
    Shape(f"{AD_ACCOUNT}?fields=assigned_users.business({OWNER}){{id,tasks}}", "id"),
    Shape(f"{AD_ACCOUNT}/assigned_users?business={OWNER}&fields=id,name,tasks&summary=true", "summary"),
    Shape(
        f"{AD_ACCOUNT}/insights?fields=spend,impressions&date_preset=last_30d&level=account",
        "data",
        "insights",
    ),
    Shape(
        f'{AD_ACCOUNT}/campaigns?fields=id,name,status&effective_status=["ACTIVE"]&limit=500',
        "data",
        "campaigns",
    ),
    Shape(f"{AD_ACCOUNT}/adspixels?fields=name", "data", "adspixels"),
    Shape(f"{AD_ACCOUNT}/promote_pages?fields=id,name", "data", "promote_pages"),
    Shape(f"{AD_ACCOUNT}/agencies?fields=id,name", "data[*].name"),
    Shape(f"{AD_ACCOUNT}/agencies?fields=permitted_tasks", "data[*].permitted_tasks[0] data[*].id"),
    Shape(
        f"{AD_ACCOUNT}/agencies?fields=id,name,access_status,permitted_tasks&limit=200",
        "data[*].access_status",
    ),
    Shape(
        f"{AD_ACCOUNT}/agencies?fields=id,name,verification_status,permitted_tasks",
        "data[*].verification_status",
    ),
    Shape(f"{AD_ACCOUNT}?fields=name,users{{id,name,role,permissions}}", "name", "users"),
    Shape(f"{PAGE}?fields=name,business,owner_business", "business.name", "owner_business"),
    Shape(
        f"{AD_ACCOUNT}/onbehalf_requests?status=IN_PROGRESS", "data[*].receiving_business.id data[*].status"
    ),
    Shape(f"{PAGE}", "id name"),
    Shape(f"{PAGE}?fields=access_token", "access_token"),
    Shape(f"{PAGE}?fields=id,name,access_token,tasks", "access_token tasks[0]"),
    Shape(f"{PAGE}?fields=access_token,name,category", "access_token category", token=AGENT),
    Shape(f"{PAGE}?fields=picture", "picture.data.url"),
    Shape(f"{PAGE}?fields=picture{{url}}", "picture.data.url"),
    Shape(f"{PAGE}?fields=name,fan_count,followers_count,picture.type(large)", "fan_count picture.data.url"),
    Shape(
        f"{PAGE}?fields=picture.width(200).height(200){{url,is_silhouette}}",
        "picture.data.url picture.data.is_silhouette",
    ),
    Shape(f"{PAGE}?fields=instagram_business_account{{id,username}}", "id"),
    Shape(
        f"{PAGE}?fields=connected_instagram_account,instagram_business_account",
        "id",
        "connected_instagram_account",
    ),
    Shape(f"{PAGE}?fields=business{{id,name}}", "business.id"),
    Shape(
        f"{PAGE}?fields=id,name,has_transitioned_to_new_page_experience,verification_status",
        "has_transitioned_to_new_page_experience verification_status",
    ),
    Shape(f"{PAGE}/agencies?fields=id,name,permitted_tasks", "data[*].permitted_tasks[0]", token=PAGES),
    Shape(f"{PAGE}/roles", "data", "roles"),
    Shape(f"{PAGE}/subscribed_apps", "data", "subscribed_apps", PAGES),
]

# How fields, limits and switches are written, and addresses

FORMS = [
    Shape('me/businesses?fields=["id","name"]', "data[*].name"),
    Shape('me/businesses?fields=["id,name"]', "data[*].name"),
    Shape("me/businesses?fields=id, name", "data[*].name"),
    Shape("me/businesses?fields=id%2Cname%2Cowned_pages%7Bid%7D", "data[*].owned_pages.data[*].id"),
    Shape("me/businesses?fields[]=id&fields[]=name", "data[*].name"),
    Shape("me/businesses?fields[0]=id&fields[1]=name", "data[*].name"),
    Shape("me/businesses?fields=", "data[*].name"),
    Shape(f"{CROWDED}/agencies?limit=200", "data[99] paging.next"),
    Shape(f"{CROWDED}/agencies?limit=1000&fields=id", "data[99].id paging.next"),
    Shape(f"{CROWDED}/agencies?limit=100000000", "data[99] paging.next"),
    Shape(f"{CROWDED}/agencies?limit=25&pretty=0", "data[24] paging.next"),
    Shape(f"{OWNER}?fields=agencies.limit(0).summary(1)", "agencies.summary.total_count"),
    Shape(f"{OWNER}/owned_ad_accounts?summary=1&limit=1", "summary.total_count"),
    Shape(f"{OWNER}/owned_pages?summary=total_count", "summary.total_count"),
    Shape("me?method=get&pretty=0&sdk=joey&suppress_http_code=1", "id name"),
    Shape("me?fields=name&method=GET", "name"),
    Shape(
        "me?debug=all&fields=id,name&format=json&method=get&pretty=0&suppress_http_code=1&transport=cors",
        "id __debug__",
    ),
    Shape("me/businesses?format=json&pretty=1&locale=en_US&xref=f313", "data[*].id"),
    Shape(
        "me/businesses?__cppo=1&_index=1&_reqName=me%2Fbusinesses&_reqSrc=BusinessActions.brands",
        "data[*].id",
    ),
    Shape(f"{OWNER}?fields=created_time&date_format=U", "created_time"),
    Shape("me/?fields=id,name", "id name"),
    Shape("me/businesses/", "data[*].id"),
    Shape("me/businesses?&fields=id&", "data[*].id"),
    Shape("me/businesses?fields=id,name&", "data[*].name"),
    Shape("/me/accounts", "data[*].access_token"),
    Shape("/v2.10/me/accounts", "data[*].access_token"),
    Shape("/v26.0/me/accounts", "data[*].access_token"),
    Shape("//v24.0/me/accounts", "data[*].access_token"),
    Shape("/v24.0//me/accounts", "data[*].access_token"),
    Shape("me//businesses?fields=id", "data[*].id"),
]

# Where the token is: of each call the headers, what comes behind "me?", and the form

PROOF = hmac.new(APP_SECRET.encode(), OWN.encode(), hashlib.sha256).hexdigest()
TOKENS: list[tuple[dict[str, str], str, str]] = [
    ({}, f"access_token={OWN}", ""),
    ({}, f"fields=id,name&access_token={OWN}&appsecret_proof={PROOF}", ""),
    ({"Authorization": f"Bearer {OWN}"}, "", ""),
    ({"Authorization": f"OAuth {OWN}"}, "", ""),
    ({"Authorization": f"Bearer {OWN}", "Content-Type": "application/json"}, "fields=id,name", ""),
    ({"Authorization": f"Bearer {OWN}"}, "access_token=", ""),
    (FORM, "", f"method=get&access_token={OWN}"),
    (FORM, "access_token=", f"access_token={OWN}&method=get&fields=name&pretty=0"),
    (FORM, "method=get", f"access_token={OWN}&appsecret_proof={PROOF}"),
]

# How the tasks are written

FORM_OF_TASKS = [
    'permitted_tasks=["ADVERTISE","ANALYZE"]',
    'permitted_tasks=["ADVERTISE", "ANALYZE"]',
    "permitted_tasks=%5B%22ADVERTISE%22%2C%22ANALYZE%22%5D",
    "permitted_tasks=['ADVERTISE', 'ANALYZE']",
    "permitted_tasks=ADVERTISE,ANALYZE",
    "permitted_tasks=ADVERTISE%2C%20ANALYZE",
    "permitted_tasks[0]=ADVERTISE&permitted_tasks[1]=ANALYZE",
    "permitted_tasks%5B0%5D=ADVERTISE&permitted_tasks%5B1%5D=ANALYZE",
    "permitted_tasks[]=ADVERTISE&permitted_tasks[]=ANALYZE",
    "permitted_tasks=ADVERTISE&permitted_tasks=ANALYZE",
]
JSON_OF_TASKS: list[Any] = [
    ["ADVERTISE", "ANALYZE"],
    '["ADVERTISE","ANALYZE"]',
    "['ADVERTISE', 'ANALYZE']",
    "ADVERTISE,ANALYZE",
]
GRANTS: list[tuple[dict[str, str], str, str]] = [
    *((FORM, "", f"business={AGENCY}&{tasks}") for tasks in FORM_OF_TASKS),
    *(
        (
            {"Content-Type": "application/json"},
            "",
            orjson.dumps({"business": AGENCY, "permitted_tasks": tasks}).decode(),
        )
        for tasks in JSON_OF_TASKS
    ),
    *(({}, f"business={AGENCY}&{tasks}", "") for tasks in FORM_OF_TASKS[:5:2]),
    ({}, "", f"business={AGENCY}&permitted_tasks[0]=ADVERTISE&permitted_tasks[1]=ANALYZE"),
    ({"Content-Type": "text/plain"}, "", f"business={AGENCY}&permitted_tasks=ADVERTISE,ANALYZE"),
    (
        {"Content-Type": "text/plain;charset=UTF-8"},
        "",
        f'{{"business": {AGENCY}, "permitted_tasks": ["ADVERTISE", "ANALYZE"], "id": "{AD_ACCOUNT}"}}',
    ),
    (
        {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"},
        "",
        f"business={AGENCY}&{FORM_OF_TASKS[0]}",
    ),
    (
        FORM,
        "",
        f"_reqName=adaccount%2Fagencies&_reqSrc=BrandAgencyActions.brands&accountId=4444444445&acting_brand_id={OWNER}"
        f"&business={AGENCY}&locale=vi_VN&method=post&{FORM_OF_TASKS[2]}&pretty=0&suppress_http_code=1&xref=f7186d9b4",
    ),
]

# What changes something: method, path and query, form, and what the program reads

WRITES = [
    ("POST", f"{AD_ACCOUNT}/agencies?access_token={OWN}", f"business={OUTSIDER}", "success"),
    (
        "POST",
        f"{REVIEWED}/agencies?access_token={OWN}",
        f"business={AGENCY}",
        "success requires_admin_approval",
    ),
    (
        "POST",
        f"{PAGE}/agencies?access_token={PAGES}",
        f"business={OUTSIDER}&permitted_tasks=ADVERTISE",
        "success",
    ),
    (
        "POST",
        f"{AGENCY}/client_ad_accounts?access_token=",
        f"access_type=AGENCY&adaccount_id={REVIEWED}&access_token={AGENT}&permitted_roles=[]"
        '&permitted_tasks=["ADVERTISE","ANALYZE","DRAFT","MANAGE"]',
        "access_status",
    ),
    (
        "POST",
        f"{AGENCY}/client_ad_accounts?access_token={AGENT}",
        "_reqName=object%3Abrand%2Fclient_ad_accounts&_reqSrc=AdAccountActions.brands&access_type=AGENCY"
        f"&adaccount_id={REVIEWED}&locale=en_US&method=post&permitted_roles=%5B%5D&permitted_tasks="
        "%5B%22ADVERTISE%22%5D&pretty=0&suppress_http_code=1&xref=f313f2a06b7d7ac",
        "access_status",
    ),
    (
        "POST",
        f"{AGENCY}/client_pages",
        f"page_id=1900952844322&permitted_tasks=['MANAGE','ADVERTISE','ANALYZE']&access_token={AGENT}",
        "access_status",
    ),
    ("DELETE", f"{AD_ACCOUNT}/agencies?business={AGENCY}&access_token={OWN}", "", "success"),
    ("DELETE", f"{AD_ACCOUNT}/agencies?access_token={OWN}", f"business={AGENCY}", "success"),
    ("DELETE", f"{AD_ACCOUNT}/agencies", f"business={AGENCY}&access_token={OWN}", "success"),
    ("POST", f"{AD_ACCOUNT}/agencies?method=delete&business={AGENCY}&access_token={OWN}", "", "success"),
    ("POST", f"{AD_ACCOUNT}/agencies", f"method=DELETE&business={AGENCY}&access_token={OWN}", "success"),
    (
        "GET",
        f"{AD_ACCOUNT}/agencies?method=delete&business={AGENCY}&access_token={OWN}&suppress_http_code=1",
        "",
        "success",
    ),
    ("DELETE", f"{PAGE}/agencies?business={AGENCY}&access_token={PAGES}", "", "success"),
    ("DELETE", f"{OWNER}/agencies?business={AGENCY}&access_token={OWN}", "", "success"),
    ("DELETE", f"{AGENCY}/clients?business={OWNER}&access_token={AGENT}", "", "success"),
    ("DELETE", f"{AGENCY}/ad_accounts?adaccount_id={AD_ACCOUNT}&access_token={AGENT}", "", "success"),
    (
        "POST",
        f"{AGENCY}/ad_accounts?method=delete",
        f"adaccount_id={AD_ACCOUNT}&access_token={AGENT}",
        "success",
    ),
    ("DELETE", f"{AGENCY}/pages?page_id={PAGE}&access_token={AGENT}", "", "success"),
    ("DELETE", "1111111111", f"access_token={AGENT}", "success"),
]

# The same with the token and all else in a JSON body

JSON_WRITES: list[tuple[str, str, dict[str, Any], str]] = [
    ("POST", f"{CROWDED}/agencies", {"access_token": OWN, "business": AGENCY}, "success"),
    ("POST", f"{CROWDED}/agencies", {"access_token": OWN, "business": int(AGENCY)}, "success"),
    (
        "POST",
        f"{PAGE}/agencies",
        {"access_token": PAGES, "business": OUTSIDER, "permitted_tasks": ["ANALYZE"]},
        "success",
    ),
    (
        "POST",
        f"{AGENCY}/client_ad_accounts",
        {"access_token": AGENT, "adaccount_id": REVIEWED},
        "access_status",
    ),
    ("DELETE", f"{AD_ACCOUNT}/agencies", {"access_token": OWN, "business": AGENCY}, "success"),
    ("DELETE", f"{AGENCY}/pages", {"access_token": AGENT, "page_id": int(PAGE)}, "success"),
]

# What Graph refuses too, and what the sandbox refuses in plain words: call, code, and words of the message

NOT_HERE = "The sandbox does not model"
REFUSED = [
    ("GET", "me", 2500, "An active access token must be used"),
    ("GET", "me?access_token=", 2500, "An active access token must be used"),
    ("GET", "me/businesses?access_token=undefined", 190, "Invalid OAuth access token"),
    ("GET", f"{OWNER}/owned_pages", 104, "An access token is required"),
    (
        "GET",
        f"me?fields=business{{id,name}}&access_token={OWN}",
        100,
        "nonexisting field (business) on node type (User)",
    ),
    ("GET", f"me/accounts?access_token={PAGES}", 100, "nonexisting field (accounts) on node type (Page)"),
    (
        "GET",
        f"{OWNER}/adaccounts?access_token={OWN}",
        100,
        "nonexisting field (adaccounts) on node type (Business)",
    ),
    (
        "GET",
        f"{OWNER}?fields=id,nmae&access_token={OWN}",
        100,
        "nonexisting field (nmae) on node type (Business)",
    ),
    ("GET", f"{OWNER}/no_such_edge?access_token={OWN}", 2500, "Unknown path components: /no_such_edge"),
    ("GET", f"{AD_ACCOUNT}/agencies/x?access_token={OWN}", 2500, "Unknown path components: /x"),
    (
        "GET",
        f"{OWNER}?fields=id,owned_pages{{id}}.limit(1)&access_token={OWN}",
        2500,
        "Expected end of string",
    ),
    ("GET", f"me/businesses?fields=id,name,id&access_token={OWN}", 2500, "specified more than once"),
    ("GET", f"{AGENCY}/owned_ad_accounts?access_token={OWN}", 200, "Permissions error"),
    ("GET", f"4444444444?access_token={OWN}", 100, "does not exist"),
    (
        "POST",
        f"{OWNER}/owned_ad_accounts?adaccount_id=act_1&access_token={OWN}",
        100,
        f"{NOT_HERE} POST Business/owned_ad_acc",
    ),
    (
        "POST",
        f"{OWNER}/owned_pages?page_id=1&access_token={OWN}",
        100,
        f"{NOT_HERE} POST Business/owned_pages",
    ),
    (
        "POST",
        f"{AD_ACCOUNT}/assigned_users?user=1&tasks=MANAGE&access_token={OWN}",
        100,
        "The user is not a user of a business with access",
    ),
    (
        "POST",
        f"{AD_ACCOUNT}/campaigns?name=x&access_token={OWN}",
        100,
        f"{NOT_HERE} POST AdAccount/campaigns",
    ),
    ("POST", f"me/feed?message=x&access_token={OWN}", 100, f"{NOT_HERE} POST User/feed"),
    ("GET", "debug_token?input_token=owner-token&access_token=1|secret", 190, "Invalid OAuth access token"),
    (
        "GET",
        "oauth/access_token?grant_type=fb_exchange_token&client_id=1",
        100,
        "The parameter client_secret is required",
    ),
    ("GET", f"search?type=adinterest&q=golf&access_token={OWN}", 100, f"{NOT_HERE} GET /search"),
]


def places(answer: Answer, reads: str) -> dict[str, list[Any]]:
    """Each place that a program reads, and what is there."""
    body = orjson.loads(answer.body)
    return {place: find(f"$.{place}", body).values() for place in reads.split()}


@pytest.mark.parametrize("shape", [*ME, *MINE, *BUSINESS, *ASSETS, *FORMS], ids=str)
def test_reading(shape: Shape, send: Send) -> None:
    # [A37]: what is not modelled is empty or left out, and the answer says so. [A45]: several slashes are one.
    target = shape.target if shape.target.startswith("/") else f"/v24.0/{shape.target}"
    if "access_token=" not in target:
        target += f"{'&' if '?' in target else '?'}access_token={shape.token}"
    answer = send("GET", target)
    assert answer.status == 200, answer.body
    found = places(answer, shape.reads)
    assert found and all(found.values()), (found, answer.body)
    assert answer.headers.get("x-sandbox-not-modelled", "") == shape.left_out


@pytest.mark.parametrize(("headers", "query", "form"), TOKENS)
def test_tokens(headers: dict[str, str], query: str, form: str, send: Send) -> None:
    # [A3] [A38]
    answer = send("POST" if form else "GET", f"/v24.0/me?{query}", headers, form.encode())
    assert answer.status == 200, answer.body
    assert all(places(answer, "id name").values()), answer.body


@pytest.mark.parametrize(("headers", "query", "body"), GRANTS)
def test_tasks(headers: dict[str, str], query: str, body: str, send: Send) -> None:
    answer = send("POST", f"/v24.0/{CROWDED}/agencies?access_token={OWN}&{query}", headers, body.encode())
    assert (answer.status, orjson.loads(answer.body)) == (200, {"success": True})
    clients = orjson.loads(send("GET", f"/v24.0/{AGENCY}/clients?access_token={AGENT}").body)["data"]
    (access,) = (one for one in clients[0]["adaccount_permissions"] if one["id"] == CROWDED)
    assert access["permitted_tasks"] == ["ADVERTISE", "ANALYZE"]


@pytest.mark.parametrize(("method", "target", "form", "reads"), WRITES)
def test_writing(method: str, target: str, form: str, reads: str, send: Send, control: httpx.Client) -> None:
    before = control.get("/state").json()
    answer = send(method, f"/v24.0/{target}", FORM if form else {}, form.encode())
    assert answer.status == 200, answer.body
    assert all(places(answer, reads).values()), answer.body
    assert control.get("/state").json() != before


@pytest.mark.parametrize(("method", "target", "body", "reads"), JSON_WRITES)
def test_writing_json(
    method: str, target: str, body: dict[str, Any], reads: str, send: Send, control: httpx.Client
) -> None:
    before = control.get("/state").json()
    answer = send(method, f"/v24.0/{target}", {"Content-Type": "application/json"}, orjson.dumps(body))
    assert answer.status == 200, answer.body
    assert all(places(answer, reads).values()), answer.body
    assert control.get("/state").json() != before


@pytest.mark.parametrize(("method", "target", "code", "words"), REFUSED)
def test_refusals(method: str, target: str, code: int, words: str, send: Send, control: httpx.Client) -> None:
    # [A37]
    before = control.get("/state").json()
    answer = send(method, f"/v24.0/{target}")
    error = orjson.loads(answer.body)["error"]
    assert (answer.status >= 400, error["code"]) == (True, code)
    assert words in error["message"]
    assert control.get("/state").json() == before
