"""What Graph answers, and the values that its fields are known to have."""

from __future__ import annotations

import datetime
from typing import ClassVar, Literal

from ._models import GraphList, GraphObject

AdAccountTask = Literal["AA_ANALYZE", "ADVERTISE", "ANALYZE", "DRAFT", "MANAGE"]
GrantType = Literal["fb_exchange_token"]
KnownAccessStatus = Literal["CLIENT_RESPONSE_PENDING", "CONFIRMED", "PENDING"]
KnownPermissionStatus = Literal["declined", "expired", "granted"]
KnownTokenType = Literal["APP", "PAGE", "SYSTEM_USER", "USER"]
KnownUserType = Literal["business_user", "system_user"]
OboStatus = Literal[
    "APPROVE",
    "CANCELED",
    "DECLINE",
    "EXPIRED",
    "IN_PROGRESS",
    "MMA_DIRECT_ASSETS_APPROVED",
    "MMA_DIRECT_ASSETS_DECLINED",
    "MMA_DIRECT_ASSETS_EXPIRED",
    "MMA_DIRECT_ASSETS_PENDING",
    "PENDING",
    "PENDING_EMAIL_VERIFICATION",
    "PENDING_INTEGRITY_REVIEW",
]
PageTask = Literal[
    "ADVERTISE",
    "ANALYZE",
    "CASHIER_ROLE",
    "CREATE_CONTENT",
    "GLOBAL_STRUCTURE_MANAGEMENT",
    "MANAGE",
    "MANAGE_JOBS",
    "MANAGE_LEADS",
    "MESSAGING",
    "MODERATE",
    "MODERATE_COMMUNITY",
    "PAGES_MESSAGING",
    "PAGES_MESSAGING_SUBSCRIPTIONS",
    "PROFILE_PLUS_ADVERTISE",
    "PROFILE_PLUS_ANALYZE",
    "PROFILE_PLUS_CREATE_CONTENT",
    "PROFILE_PLUS_CREATIVE_MANAGEMENT",
    "PROFILE_PLUS_CREATOR_MANAGEMENT",
    "PROFILE_PLUS_FACEBOOK_ACCESS",
    "PROFILE_PLUS_FULL_CONTROL",
    "PROFILE_PLUS_GLOBAL_STRUCTURE_MANAGEMENT",
    "PROFILE_PLUS_MANAGE",
    "PROFILE_PLUS_MANAGE_LEADS",
    "PROFILE_PLUS_MESSAGING",
    "PROFILE_PLUS_MODERATE",
    "PROFILE_PLUS_MODERATE_DELEGATE_COMMUNITY",
    "PROFILE_PLUS_REVENUE",
    "READ_PAGE_MAILBOXES",
    "VIEW_MONETIZATION_INSIGHTS",
]
StaffRole = Literal["ADMIN", "EMPLOYEE"]
SummaryWanted = Literal["total_count", "true"]


class AccessRequestResult(GraphObject):
    """State of the request, for Pages as in Meta's Pages guide. **Assumption [A25]:** the same for ad accounts, as
    with `owned_ad_accounts`."""

    access_status: KnownAccessStatus | str
    """State of an access. What waits contains `PENDING`."""


class AccessTokenResult(GraphObject):
    """An access token."""

    access_token: str
    """An access token. A secret."""


class AdAccount(GraphObject):
    """An ad account. What has no value is left out, and by the sandbox Graph's many other fields too."""

    id: str
    """The id of an ad account, `act_` and its digits."""

    account_id: str | None = None
    """An id, as a string of digits; numbers of this size lose digits in JSON."""

    name: str | None = None
    """A text for people, such as a name or a title."""

    account_status: int | None = None
    """1 is active, 2 is disabled; Meta's ad account reference lists more."""

    disable_reason: int | None = None
    """Why it is disabled; 0 when it is not. Meta's ad account reference lists the others."""

    currency: str | None = None
    """Its currency, as an ISO 4217 code."""

    timezone_name: str | None = None
    """A text for people, such as a name or a title."""

    timezone_id: int | None = None
    """Number of its time zone in Meta's list."""

    timezone_offset_hours_utc: float | None = None
    """Hours that its time zone is ahead of UTC."""

    amount_spent: str | None = None
    """An amount of money in the smallest unit of the account's currency, as a string."""

    balance: str | None = None
    """An amount of money in the smallest unit of the account's currency, as a string."""

    spend_cap: str | None = None
    """An amount of money in the smallest unit of the account's currency, as a string."""

    created_time: datetime.datetime | None = None
    """A time, with its zone. What is none arrives as it was sent."""

    age: float | None = None
    """Days since it was opened."""

    owner: str | None = None
    """An id, as a string of digits; numbers of this size lose digits in JSON."""

    business: BusinessReference | None = None
    """A business as a field of something else; braces in `fields` choose any field of it."""

    business_name: str | None = None
    """A text for people, such as a name or a title."""

    is_personal: int | None = None
    """1 for an ad account of a person, 0 for one of a business."""

    is_prepay_account: bool | None = None
    """Whether it is paid for in advance."""

    funding_source: str | None = None
    """An id, as a string of digits; numbers of this size lose digits in JSON."""

    user_tasks: list[AdAccountTask | PageTask | str] | None = None
    """The tasks of the user of the token on it."""

    tasks: list[AdAccountTask | PageTask | str] | None = None
    """The tasks that a user has on it; only where a user's ad accounts are listed."""

    permitted_tasks: list[AdAccountTask | PageTask | str] | None = None
    """The tasks that your business holds on it; on the ad accounts of clients only."""


class AdAccountList(GraphObject):
    """Ad accounts, page by page."""

    data: list[AdAccount]
    """The ad accounts."""

    paging: Paging | None = None
    """Where this page lies in the list. Missing on an edge without pages."""

    summary: Summary | None = None
    """About the whole list; there if `summary` asked for it."""


class AdAccountPermission(GraphObject):
    """Access to one ad account."""

    id: str
    """The id of an ad account, with `act_` or without; both were seen here."""

    permitted_tasks: list[AdAccountTask | PageTask | str] | None = None
    """The tasks that the agency holds, or asked for."""

    access_status: KnownAccessStatus | str | None = None
    """State of an access. What waits contains `PENDING`."""

    access_requested_time: datetime.datetime | None = None
    """A time, with its zone. What is none arrives as it was sent."""

    access_updated_time: datetime.datetime | None = None
    """A time, with its zone. What is none arrives as it was sent."""


class AdAccountReference(GraphObject):
    """An ad account as a field of something else; braces in `fields` choose any field of it."""

    id: str
    """The id of an ad account, `act_` and its digits."""

    account_id: str | None = None
    """An id, as a string of digits; numbers of this size lose digits in JSON."""


class AdAccountRequest(GraphObject):
    """An open request for an ad account (`BusinessAdAccountRequest`)."""

    id: str
    """An id, as a string of digits; numbers of this size lose digits in JSON."""

    ad_account: AdAccountReference | None = None
    """An ad account as a field of something else; braces in `fields` choose any field of it."""

    permitted_tasks: list[AdAccountTask | PageTask | str] | None = None
    """The tasks asked for."""


class AdAccountRequestList(GraphObject):
    """Open requests for ad accounts, page by page."""

    data: list[AdAccountRequest]
    """The requests."""

    paging: Paging | None = None
    """Where this page lies in the list. Missing on an edge without pages."""

    summary: Summary | None = None
    """About the whole list; there if `summary` asked for it."""


class Agency(GraphObject):
    """A business with access, to a Page flat on it, to the assets of a business nested in `*_permissions`."""

    id: str
    """An id, as a string of digits; numbers of this size lose digits in JSON."""

    name: str | None = None
    """A text for people, such as a name or a title."""

    access_status: KnownAccessStatus | str | None = None
    """State of an access. What waits contains `PENDING`."""

    access_requested_time: datetime.datetime | None = None
    """A time, with its zone. What is none arrives as it was sent."""

    access_updated_time: datetime.datetime | None = None
    """A time, with its zone. What is none arrives as it was sent."""

    permitted_tasks: list[AdAccountTask | PageTask | str] | None = None
    """The tasks that the agency holds, or asked for."""

    adaccount_permissions: list[AdAccountPermission] | None = None
    """Its access to each ad account."""

    page_permissions: list[PagePermission] | None = None
    """Its access to each Page."""

    application_permissions: list[OtherPermission] | None = None
    """Its access to each app."""

    productcatalog_permissions: list[OtherPermission] | None = None
    """Its access to each product catalog."""

    shared_ca_count: int | None = None
    """Number of custom audiences shared with it."""


class AgencyList(GraphObject):
    """Agencies, page by page."""

    data: list[Agency]
    """The agencies."""

    paging: Paging | None = None
    """Where this page lies in the list. Missing on an edge without pages."""

    summary: Summary | None = None
    """About the whole list; there if `summary` asked for it."""


class AssetAgency(GraphObject):
    """A business with access to one asset: the access stands flat on it."""

    id: str
    """An id, as a string of digits; numbers of this size lose digits in JSON."""

    name: str | None = None
    """A text for people, such as a name or a title."""

    access_status: KnownAccessStatus | str | None = None
    """State of an access. What waits contains `PENDING`."""

    access_requested_time: datetime.datetime | None = None
    """A time, with its zone. What is none arrives as it was sent."""

    access_updated_time: datetime.datetime | None = None
    """A time, with its zone. What is none arrives as it was sent."""

    permitted_tasks: list[AdAccountTask | PageTask | str] | None = None
    """The tasks that the agency holds, or asked for."""


class AssetAgencyList(GraphObject):
    """Agencies, page by page."""

    data: list[AssetAgency]
    """The agencies."""

    paging: Paging | None = None
    """Where this page lies in the list. Missing on an edge without pages."""


class AssignedUser(GraphObject):
    """A user or a system user who has tasks on an asset."""

    id: str
    """An id, as a string of digits; numbers of this size lose digits in JSON."""

    name: str | None = None
    """A text for people, such as a name or a title."""

    tasks: list[AdAccountTask | PageTask | str] | None = None
    """The tasks that are assigned to it."""

    permitted_tasks: list[AdAccountTask | PageTask | str] | None = None
    """The tasks that can be assigned to it."""

    business: BusinessReference | None = None
    """A business as a field of something else; braces in `fields` choose any field of it."""

    user_type: KnownUserType | str | None = None
    """What it is."""


class AssignedUserList(GraphObject):
    """Assigned users, page by page."""

    data: list[AssignedUser]
    """The users."""

    paging: Paging | None = None
    """Where this page lies in the list. Missing on an edge without pages."""

    summary: Summary | None = None
    """About the whole list; there if `summary` asked for it."""


class Business(GraphObject):
    """A business."""

    id: str
    """An id, as a string of digits; numbers of this size lose digits in JSON."""

    name: str | None = None
    """A text for people, such as a name or a title."""

    verification_status: str | None = None
    """Whether Meta verified the business, for example `verified` or `not_verified`. Open."""

    primary_page: PageReference | None = None
    """A Page as a field of something else; braces in `fields` choose any field of it."""

    timezone_id: int | None = None
    """Number of its time zone in Meta's list."""

    two_factor_type: str | None = None
    """Who must use two-factor authentication, for example `none` or `all_required`. Open."""

    created_time: datetime.datetime | None = None
    """A time, with its zone. What is none arrives as it was sent."""

    link: str | None = None
    """An address on the web."""

    vertical: str | None = None
    """A text for people, such as a name or a title."""

    is_hidden: bool | None = None
    """Whether it is hidden in Meta's user interface."""

    permitted_roles: list[str] | None = None
    """The roles of the user of the token in it; on the businesses of a user only."""


class BusinessList(GraphObject):
    """Businesses, page by page."""

    data: list[Business]
    """The businesses."""

    paging: Paging | None = None
    """Where this page lies in the list. Missing on an edge without pages."""

    summary: Summary | None = None
    """About the whole list; there if `summary` asked for it."""


class BusinessReference(GraphObject):
    """A business as a field of something else; braces in `fields` choose any field of it."""

    id: str
    """An id, as a string of digits; numbers of this size lose digits in JSON."""

    name: str | None = None
    """A text for people, such as a name or a title."""


class Client(GraphObject):
    """A business that gave yours access, nested in `*_permissions`."""

    id: str
    """An id, as a string of digits; numbers of this size lose digits in JSON."""

    name: str | None = None
    """A text for people, such as a name or a title."""

    adaccount_permissions: list[AdAccountPermission] | None = None
    """Your access to each of its ad accounts."""

    page_permissions: list[PagePermission] | None = None
    """Your access to each of its Pages."""

    application_permissions: list[OtherPermission] | None = None
    """Your access to each of its apps."""

    productcatalog_permissions: list[OtherPermission] | None = None
    """Your access to each of its product catalogs."""

    shared_ca_count: int | None = None
    """Number of custom audiences that it shares with you."""


class ClientList(GraphObject):
    """Clients, page by page."""

    data: list[Client]
    """The clients."""

    paging: Paging | None = None
    """Where this page lies in the list. Missing on an edge without pages."""

    summary: Summary | None = None
    """About the whole list; there if `summary` asked for it."""


class Cursors(GraphObject):
    """The first and the last entry of this page."""

    before: str
    """A place in a list. Opaque, and good for this list only."""

    after: str
    """A place in a list. Opaque, and good for this list only."""


class GrantResult(GraphObject):
    """Whether it was done, and whether an admin must review it first."""

    success: bool
    """Always true; a failure is an error."""

    requires_admin_approval: bool | None = None
    """Another admin of your business must review the grant before it counts. For ad accounts only."""


class InstagramAccount(GraphObject):
    """The Instagram account of a Page. The sandbox has none, and leaves it out."""

    id: str
    """An id, as a string of digits; numbers of this size lose digits in JSON."""

    username: str | None = None
    """A text for people, such as a name or a title."""


class LongLivedToken(GraphObject):
    """A token that lasts longer."""

    access_token: str
    """An access token. A secret."""

    expires_in: int | None = None
    """For how many seconds it lasts."""

    token_type: str | None = None
    """Always `bearer`."""


class ManagedBusiness(GraphObject):
    """The client."""

    id: str
    """An id, as a string of digits; numbers of this size lose digits in JSON."""

    name: str | None = None
    """A text for people, such as a name or a title."""


class NewId(GraphObject):
    """The id of what was made."""

    id: str
    """An id, as a string of digits; numbers of this size lose digits in JSON."""


class OboCancellation(GraphObject):
    """Whether it was done."""

    success: bool | str
    """A string in the guide, a boolean in the reference."""


class OboRequest(GraphObject):
    """A request to act on behalf of another business (`BusinessOwnedObjectOnBehalfOfRequest`)."""

    id: str
    """An id, as a string of digits; numbers of this size lose digits in JSON."""

    status: OboStatus | str | None = None
    """State of an OBO request."""

    business_owned_object: str | None = None
    """An id, as a string of digits; numbers of this size lose digits in JSON."""

    receiving_business: BusinessReference | None = None
    """A business as a field of something else; braces in `fields` choose any field of it."""

    requesting_business: BusinessReference | None = None
    """A business as a field of something else; braces in `fields` choose any field of it."""


class OboRequestList(GraphObject):
    """OBO requests, page by page."""

    data: list[OboRequest]
    """The requests."""

    paging: Paging | None = None
    """Where this page lies in the list. Missing on an edge without pages."""


class OtherPermission(GraphObject):
    """Access to an app or a product catalog. **Assumption [A24]:** it has these fields; Meta publishes no page on
    them, and the sandbox has neither apps nor catalogs."""

    id: str
    """An id, as a string of digits; numbers of this size lose digits in JSON."""

    permitted_tasks: list[AdAccountTask | PageTask | str] | None = None
    """The tasks held."""


class OwnedAdAccountRequestList(GraphObject):
    """Open requests for ad accounts, all at once."""

    data: list[AdAccountRequest]
    """The requests."""

    summary: Summary | None = None
    """About the whole list; there if `summary` asked for it."""


class OwnedPageRequestList(GraphObject):
    """Open requests for Pages, all at once."""

    data: list[PageRequest]
    """The requests."""

    summary: Summary | None = None
    """About the whole list; there if `summary` asked for it."""


class Page(GraphObject):
    """A Page. What has no value is left out, and by the sandbox Graph's many other fields too."""

    id: str
    """An id, as a string of digits; numbers of this size lose digits in JSON."""

    name: str | None = None
    """A text for people, such as a name or a title."""

    access_token: str | None = None
    """An access token. A secret."""

    category: str | None = None
    """A text for people, such as a name or a title."""

    category_list: list[PageCategory] | None = None
    """Its categories."""

    username: str | None = None
    """A text for people, such as a name or a title."""

    link: str | None = None
    """An address on the web."""

    fan_count: int | None = None
    """How many people like it."""

    followers_count: int | None = None
    """How many people follow it."""

    is_published: bool | None = None
    """Whether everybody sees it."""

    has_transitioned_to_new_page_experience: bool | None = None
    """Whether it is a Page of the new experience."""

    verification_status: str | None = None
    """Whether Meta verified the business, for example `verified` or `not_verified`. Open."""

    business: BusinessReference | None = None
    """A business as a field of something else; braces in `fields` choose any field of it."""

    instagram_business_account: InstagramAccount | None = None
    """The Instagram account of a Page. The sandbox has none, and leaves it out."""

    picture: PagePicture | None = None
    """The picture of a Page or a user, which Graph wraps in `data` like an edge."""

    tasks: list[AdAccountTask | PageTask | str] | None = None
    """The tasks of the user of the token on it; on the Pages of a user only."""

    permitted_tasks: list[AdAccountTask | PageTask | str] | None = None
    """The tasks that your business holds on it; on the Pages of clients only."""


class PageCategory(GraphObject):
    """A category of Pages."""

    id: str
    """An id, as a string of digits; numbers of this size lose digits in JSON."""

    name: str | None = None
    """A text for people, such as a name or a title."""


class PageList(GraphObject):
    """Pages, page by page."""

    data: list[Page]
    """The Pages."""

    paging: Paging | None = None
    """Where this page lies in the list. Missing on an edge without pages."""

    summary: Summary | None = None
    """About the whole list; there if `summary` asked for it."""


class PagePermission(GraphObject):
    """Access to one Page."""

    id: str
    """An id, as a string of digits; numbers of this size lose digits in JSON."""

    permitted_tasks: list[AdAccountTask | PageTask | str] | None = None
    """The tasks that the agency holds, or asked for."""

    access_status: KnownAccessStatus | str | None = None
    """State of an access. What waits contains `PENDING`."""

    access_requested_time: datetime.datetime | None = None
    """A time, with its zone. What is none arrives as it was sent."""

    access_updated_time: datetime.datetime | None = None
    """A time, with its zone. What is none arrives as it was sent."""


class PagePicture(GraphObject):
    """The picture of a Page or a user, which Graph wraps in `data` like an edge."""

    data: Picture
    """A picture."""


class PageReference(GraphObject):
    """A Page as a field of something else; braces in `fields` choose any field of it."""

    id: str
    """An id, as a string of digits; numbers of this size lose digits in JSON."""

    name: str | None = None
    """A text for people, such as a name or a title."""


class PageRequest(GraphObject):
    """An open request for a Page (`BusinessPageRequest`)."""

    id: str
    """An id, as a string of digits; numbers of this size lose digits in JSON."""

    page: PageReference | None = None
    """A Page as a field of something else; braces in `fields` choose any field of it."""

    permitted_tasks: list[AdAccountTask | PageTask | str] | None = None
    """The tasks asked for."""


class PageRequestList(GraphObject):
    """Open requests for Pages, page by page."""

    data: list[PageRequest]
    """The requests."""

    paging: Paging | None = None
    """Where this page lies in the list. Missing on an edge without pages."""

    summary: Summary | None = None
    """About the whole list; there if `summary` asked for it."""


class Paging(GraphObject):
    """Where this page lies in the list. Missing on an edge without pages."""

    _names: ClassVar[dict[str, str]] = {
        "next": "next_",
    }

    cursors: Cursors | None = None
    """The first and the last entry of this page."""

    next_: str | None = None
    """Address of the next page, with all parameters, **the access token included**; missing on the last page."""

    previous: str | None = None
    """Address of the page before, with all parameters, **the access token included**; missing on the first page."""


class Permission(GraphObject):
    """A permission that the user was asked for."""

    permission: str
    """A text for people, such as a name or a title."""

    status: KnownPermissionStatus | str
    """Its state."""


class PermissionList(GraphObject):
    """The permissions of a token."""

    data: list[Permission]
    """The permissions."""


class Picture(GraphObject):
    """A picture."""

    height: int | None = None
    """Its height in pixels."""

    is_silhouette: bool | None = None
    """Whether it is the one that Pages without a picture have."""

    url: str | None = None
    """An address on the web."""

    width: int | None = None
    """Its width in pixels."""


class Staff(GraphObject):
    """A person or a system user of a business."""

    id: str
    """An id, as a string of digits; numbers of this size lose digits in JSON."""

    name: str | None = None
    """A text for people, such as a name or a title."""

    business: BusinessReference | None = None
    """A business as a field of something else; braces in `fields` choose any field of it."""

    email: str | None = None
    """Address of a person."""

    role: StaffRole | str | None = None
    """Its role."""


class StaffList(GraphObject):
    """Users of a business, page by page."""

    data: list[Staff]
    """The users."""

    paging: Paging | None = None
    """Where this page lies in the list. Missing on an edge without pages."""

    summary: Summary | None = None
    """About the whole list; there if `summary` asked for it."""


class Success(GraphObject):
    """Whether it was done."""

    success: bool
    """Always true; a failure is an error."""


class Summary(GraphObject):
    """About the whole list; there if `summary` asked for it."""

    total_count: int
    """Number of entries on all pages."""


class TokenData(GraphObject):
    """What a token is, and whether it is valid."""

    _names: ClassVar[dict[str, str]] = {
        "type": "type_",
    }

    is_valid: bool
    """Whether it is valid now."""

    app_id: str | None = None
    """An id, as a string of digits; numbers of this size lose digits in JSON."""

    application: str | None = None
    """A text for people, such as a name or a title."""

    issued_at: int | None = None
    """When it was made, in seconds since 1970."""

    expires_at: int | None = None
    """When it ends, in seconds since 1970; 0 for never."""

    data_access_expires_at: int | None = None
    """When its access to data ends, in seconds since 1970; 0 for never."""

    scopes: list[str] | None = None
    """Its permissions."""

    user_id: str | None = None
    """An id, as a string of digits; numbers of this size lose digits in JSON."""

    profile_id: str | None = None
    """An id, as a string of digits; numbers of this size lose digits in JSON."""

    error: TokenProblem | None = None
    """Why a token is not valid."""

    type_: KnownTokenType | str | None = None
    """Its kind."""


class TokenInfo(GraphObject):
    """What a token is."""

    data: TokenData
    """What a token is, and whether it is valid."""


class TokenProblem(GraphObject):
    """Why a token is not valid."""

    code: int
    """The code that a call with this token fails with."""

    message: str
    """What is wrong."""

    subcode: int | None = None
    """A finer number."""


class User(GraphObject):
    """A person, or a system user of a business."""

    id: str
    """An id, as a string of digits; numbers of this size lose digits in JSON."""

    name: str | None = None
    """A text for people, such as a name or a title."""

    picture: PagePicture | None = None
    """The picture of a Page or a user, which Graph wraps in `data` like an edge."""


__all__ = [
    "AccessRequestResult",
    "AccessTokenResult",
    "AdAccount",
    "AdAccountList",
    "AdAccountPermission",
    "AdAccountReference",
    "AdAccountRequest",
    "AdAccountRequestList",
    "AdAccountTask",
    "Agency",
    "AgencyList",
    "AssetAgency",
    "AssetAgencyList",
    "AssignedUser",
    "AssignedUserList",
    "Business",
    "BusinessList",
    "BusinessReference",
    "Client",
    "ClientList",
    "Cursors",
    "GrantResult",
    "GrantType",
    "GraphList",
    "GraphObject",
    "InstagramAccount",
    "KnownAccessStatus",
    "KnownPermissionStatus",
    "KnownTokenType",
    "KnownUserType",
    "LongLivedToken",
    "ManagedBusiness",
    "NewId",
    "OboCancellation",
    "OboRequest",
    "OboRequestList",
    "OboStatus",
    "OtherPermission",
    "OwnedAdAccountRequestList",
    "OwnedPageRequestList",
    "Page",
    "PageCategory",
    "PageList",
    "PagePermission",
    "PagePicture",
    "PageReference",
    "PageRequest",
    "PageRequestList",
    "PageTask",
    "Paging",
    "Permission",
    "PermissionList",
    "Picture",
    "Staff",
    "StaffList",
    "StaffRole",
    "Success",
    "Summary",
    "SummaryWanted",
    "TokenData",
    "TokenInfo",
    "TokenProblem",
    "User",
]
