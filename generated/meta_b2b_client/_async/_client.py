"""The operations, as methods."""

from __future__ import annotations

from .._calls import Call, Timeout, segment
from .._document import CODES, SERVER
from ..models import (
    AccessRequestResult,
    AccessTokenResult,
    AdAccount,
    AdAccountList,
    AdAccountRequest,
    AdAccountRequestList,
    AdAccountTask,
    Agency,
    AgencyList,
    AssetAgency,
    AssetAgencyList,
    AssignedUser,
    AssignedUserList,
    Business,
    BusinessList,
    Client,
    ClientList,
    GrantResult,
    GrantType,
    LongLivedToken,
    ManagedBusiness,
    NewId,
    OboCancellation,
    OboRequest,
    OboRequestList,
    OboStatus,
    OwnedAdAccountRequestList,
    OwnedPageRequestList,
    Page,
    PageList,
    PageRequest,
    PageRequestList,
    PageTask,
    Permission,
    PermissionList,
    Staff,
    StaffList,
    StaffRole,
    Success,
    SummaryWanted,
    TokenInfo,
    User,
)
from ._paging import AsyncCountedItems, AsyncItems
from ._raw import AsyncRaw, raw, raw_page
from ._sending import AsyncCalls


class AsyncB2BClient(AsyncCalls):
    """Calls Meta's B2B and OBO endpoints: a method for each operation.

    Failures are raised as GraphError or one of its subclasses. A client can be used by several threads or tasks at
    once.
    """

    _server = SERVER
    _codes = CODES

    @property
    def with_raw_response(self) -> AsyncB2BClientWithRawResponse:
        """The same methods, which return whole answers: status, headers, trace id, retries and `parse()`."""
        return AsyncB2BClientWithRawResponse(self)

    async def get_token_info(
        self,
        *,
        input_token: str,
        timeout: Timeout = None,
    ) -> TokenInfo:
        """Ask what a token is

        Tells whose an access token is, of which app, with which scopes, until when, and whether it is valid. Takes the
        token of the app (`id|secret`), or that of an admin of the business that owns the app. A token that is not valid
        is no error of this call: `is_valid` is false then, and `error` tells why.

        Source: reference, debug_token.

        Args:
            input_token: The token asked about.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            GraphError: It failed in another way.
        """
        call = Call(
            "get_token_info",
            "GET",
            "/debug_token",
            TokenInfo.from_dict,
            params={
                "input_token": input_token,
            },
        )
        return await self._send(call, timeout)

    async def get_long_lived_token(
        self,
        *,
        grant_type: GrantType,
        client_id: str,
        client_secret: str,
        fb_exchange_token: str,
        timeout: Timeout = None,
    ) -> LongLivedToken:
        """Exchange a token for one that lasts longer

        Answers a token of the same user and app that lasts for 60 days. It needs no access token of its own, but the id
        and the secret of the app.

        Source: Meta's guide to long-lived tokens.

        Args:
            grant_type: The way to get a token.
            client_id: Id of the app.
            client_secret: Secret of the app.
            fb_exchange_token: The token that is exchanged.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            GraphError: It failed in another way.
        """
        call = Call(
            "get_long_lived_token",
            "GET",
            "/oauth/access_token",
            LongLivedToken.from_dict,
            params={
                "grant_type": grant_type,
                "client_id": client_id,
                "client_secret": client_secret,
                "fb_exchange_token": fb_exchange_token,
            },
        )
        return await self._send(call, timeout)

    def list_permissions(
        self,
        user_id: str = "me",
        *,
        max_items: int | None = None,
        timeout: Timeout = None,
    ) -> AsyncItems[Permission, PermissionList]:
        """List the permissions of the token

        Lists the permissions that the user of the token gave to its app.

        Source: reference, user/permissions.

        Args:
            user_id: Id of the user of the token, or `me`.
            max_items: Stop after so many entries, without fetching further pages.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            NotFound: Unknown path, or `fields` that cannot be read (2500)
            GraphError: It failed in another way.
        """
        call = Call(
            "list_permissions",
            "GET",
            f"/{segment(user_id)}/permissions",
            PermissionList.from_dict,
        )
        return self._items(call, max_items, timeout)

    async def get_me(
        self,
        *,
        fields: str | None = None,
        timeout: Timeout = None,
    ) -> User:
        """Ask who you are

        Reads the user to whom the token belongs; with a Page access token, the Page. `me` stands for its id, here and
        in front of every edge.

        Source: reference, user; Meta's Business On Behalf Of guide, step 3.

        Args:
            fields: Fields of the user. Without it, id and name.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            AuthenticationFailed: No access token (104), Access token invalid, expired or of the wrong kind (190)
            NotFound: Unknown path, or `fields` that cannot be read (2500)
            GraphError: It failed in another way.
        """
        call = Call(
            "get_me",
            "GET",
            "/me",
            User.from_dict,
            params={
                "fields": fields,
            },
        )
        return await self._send(call, timeout)

    def list_businesses(
        self,
        user_id: str = "me",
        *,
        fields: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        max_items: int | None = None,
        timeout: Timeout = None,
    ) -> AsyncItems[Business, BusinessList]:
        """List the businesses of a user

        Lists the businesses to which the user of the token belongs: one [A28].

        Source: reference, user/businesses.

        Args:
            user_id: Id of the user of the token, or `me`.
            fields: Fields of the business. Without it, id and name.
            limit: Entries on one page, at most. A number that is too high is no error: Graph gives fewer.
                **Assumption [A21]:** 25 unless told, and 100 at most, as on a sibling edge of Meta's
                WhatsApp API.
            after: The entries after this cursor, from `paging.cursors.after`.
            before: The entries before this cursor, from `paging.cursors.before`.
            max_items: Stop after so many entries, without fetching further pages.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200), Blocked as abusive (368)
            GraphError: It failed in another way.
        """
        call = Call(
            "list_businesses",
            "GET",
            f"/{segment(user_id)}/businesses",
            BusinessList.from_dict,
            params={
                "fields": fields,
                "limit": limit,
                "after": after,
                "before": before,
            },
        )
        return self._items(call, max_items, timeout)

    def list_ad_accounts(
        self,
        user_id: str = "me",
        *,
        fields: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        summary: SummaryWanted | None = None,
        max_items: int | None = None,
        timeout: Timeout = None,
    ) -> AsyncCountedItems[AdAccount, AdAccountList]:
        """List the ad accounts of a user

        Lists the ad accounts on which the user of the token may act: all that the user's business owns, and all to
        which it has access [A28].

        Source: reference, user/adaccounts and ad-account.

        Args:
            user_id: Id of the user of the token, or `me`.
            fields: Fields of the ad account. Without it, id and account_id.
            limit: Entries on one page, at most. A number that is too high is no error: Graph gives fewer.
                **Assumption [A21]:** 25 unless told, and 100 at most, as on a sibling edge of Meta's
                WhatsApp API.
            after: The entries after this cursor, from `paging.cursors.after`.
            before: The entries before this cursor, from `paging.cursors.before`.
            summary: Adds `summary.total_count` to the answer. Meta's Python SDK sends `true` on every edge.
            max_items: Stop after so many entries, without fetching further pages.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        call = Call(
            "list_ad_accounts",
            "GET",
            f"/{segment(user_id)}/adaccounts",
            AdAccountList.from_dict,
            params={
                "fields": fields,
                "limit": limit,
                "after": after,
                "before": before,
                "summary": summary,
            },
        )
        return self._counted_items(call, max_items, timeout, {"summary": "total_count", "limit": 1})

    def list_pages(
        self,
        user_id: str = "me",
        *,
        fields: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        summary: SummaryWanted | None = None,
        max_items: int | None = None,
        timeout: Timeout = None,
    ) -> AsyncCountedItems[Page, PageList]:
        """List the Pages of a user, each with its access token

        Lists the Pages on which the user of the token may act, each with the **Page access token** that the `agencies`
        edge of the Page takes. These are all that the user's business owns, and all to which it has access [A28].

        Source: reference, user/accounts; Meta's Business On Behalf Of guide, step 6.

        Args:
            user_id: Id of the user of the token, or `me`.
            fields: Fields of the Page. Without it, id and name, unless the operation shows more.
            limit: Entries on one page, at most. A number that is too high is no error: Graph gives fewer.
                **Assumption [A21]:** 25 unless told, and 100 at most, as on a sibling edge of Meta's
                WhatsApp API.
            after: The entries after this cursor, from `paging.cursors.after`.
            before: The entries before this cursor, from `paging.cursors.before`.
            summary: Adds `summary.total_count` to the answer. Meta's Python SDK sends `true` on every edge.
            max_items: Stop after so many entries, without fetching further pages.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            NotFound: Unknown path, or `fields` that cannot be read (2500)
            PermissionDenied: Permission error (200), Blocked as abusive (368)
            RateLimited: Limit of the Page use case reached (80001)
            GraphError: It failed in another way.
        """
        call = Call(
            "list_pages",
            "GET",
            f"/{segment(user_id)}/accounts",
            PageList.from_dict,
            params={
                "fields": fields,
                "limit": limit,
                "after": after,
                "before": before,
                "summary": summary,
            },
        )
        return self._counted_items(call, max_items, timeout, {"summary": "total_count", "limit": 1})

    def list_owned_ad_accounts(
        self,
        business_id: str,
        *,
        search_query: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        summary: SummaryWanted | None = None,
        max_items: int | None = None,
        timeout: Timeout = None,
    ) -> AsyncCountedItems[AdAccount, AdAccountList]:
        """List the ad accounts that a business owns

        Lists the ad accounts that your business owns.

        Source: reference, business/owned_ad_accounts.

        Args:
            business_id: Id of your business, the one for which the token acts.
            search_query: Only ad accounts whose name or id contains this text (SDK, since 2022-10-25).
            fields: Fields of the ad account. Without it, id and account_id.
            limit: Entries on one page, at most. A number that is too high is no error: Graph gives fewer.
                **Assumption [A21]:** 25 unless told, and 100 at most, as on a sibling edge of Meta's
                WhatsApp API.
            after: The entries after this cursor, from `paging.cursors.after`.
            before: The entries before this cursor, from `paging.cursors.before`.
            summary: Adds `summary.total_count` to the answer. Meta's Python SDK sends `true` on every edge.
            max_items: Stop after so many entries, without fetching further pages.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            AuthenticationFailed: No access token (104), Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            NotFound: Unknown path, or `fields` that cannot be read (2500)
            PermissionDenied: Permission error (200), Blocked as abusive (368)
            RateLimited: Limit of the ad account use case reached (80004)
            GraphError: It failed in another way.
        """
        call = Call(
            "list_owned_ad_accounts",
            "GET",
            f"/{segment(business_id)}/owned_ad_accounts",
            AdAccountList.from_dict,
            params={
                "search_query": search_query,
                "fields": fields,
                "limit": limit,
                "after": after,
                "before": before,
                "summary": summary,
            },
        )
        return self._counted_items(call, max_items, timeout, {"summary": "total_count", "limit": 1})

    def list_owned_pages(
        self,
        business_id: str,
        *,
        fields: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        summary: SummaryWanted | None = None,
        max_items: int | None = None,
        timeout: Timeout = None,
    ) -> AsyncCountedItems[Page, PageList]:
        """List the Pages that a business owns

        Lists the Pages that your business owns; each with its access token if `fields` asks for it.

        Source: reference, business/owned_pages.

        Args:
            business_id: Id of your business, the one for which the token acts.
            fields: Fields of the Page. Without it, id and name, unless the operation shows more.
            limit: Entries on one page, at most. A number that is too high is no error: Graph gives fewer.
                **Assumption [A21]:** 25 unless told, and 100 at most, as on a sibling edge of Meta's
                WhatsApp API.
            after: The entries after this cursor, from `paging.cursors.after`.
            before: The entries before this cursor, from `paging.cursors.before`.
            summary: Adds `summary.total_count` to the answer. Meta's Python SDK sends `true` on every edge.
            max_items: Stop after so many entries, without fetching further pages.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            AuthenticationFailed: No access token (104), Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200), Blocked as abusive (368)
            GraphError: It failed in another way.
        """
        call = Call(
            "list_owned_pages",
            "GET",
            f"/{segment(business_id)}/owned_pages",
            PageList.from_dict,
            params={
                "fields": fields,
                "limit": limit,
                "after": after,
                "before": before,
                "summary": summary,
            },
        )
        return self._counted_items(call, max_items, timeout, {"summary": "total_count", "limit": 1})

    async def get_business(
        self,
        business_id: str,
        *,
        fields: str | None = None,
        timeout: Timeout = None,
    ) -> Business:
        """Look at a business

        Reads one business: yours, or one with which it shares an access or a request [A27].

        Source: reference, business.

        Args:
            business_id: Id of a business.
            fields: Fields of the business. Without it, id and name.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            AuthenticationFailed: No access token (104), Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            NotFound: Unknown path, or `fields` that cannot be read (2500)
            PermissionDenied: Permission error (200), Blocked as abusive (368)
            RateLimited: Limit of the ad account use case reached (80004)
            GraphError: It failed in another way.
        """
        call = Call(
            "get_business",
            "GET",
            f"/{segment(business_id)}",
            Business.from_dict,
            params={
                "fields": fields,
            },
        )
        return await self._send(call, timeout)

    async def get_page(
        self,
        page_id: str,
        *,
        fields: str | None = None,
        timeout: Timeout = None,
    ) -> Page:
        """Look at a Page

        Reads one Page. `access_token` is its Page access token, for a business that owns it or has access to it; all
        others read the rest [A27].

        Source: reference, page.

        Args:
            page_id: Id of a Page.
            fields: Fields of the Page. Without it, id and name, unless the operation shows more.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200), Blocked as abusive (368)
            GraphError: It failed in another way.
        """
        call = Call(
            "get_page",
            "GET",
            f"/{segment(page_id)}",
            Page.from_dict,
            params={
                "fields": fields,
            },
        )
        return await self._send(call, timeout)

    async def get_user(
        self,
        user_id: str,
        *,
        fields: str | None = None,
        timeout: Timeout = None,
    ) -> User:
        """Look at a user

        Reads the user of the token by its id, as `GET /me` does. A token sees no other user [A28].

        Source: reference, user.

        Args:
            user_id: Id of the user of the token.
            fields: Fields of the user. Without it, id and name.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            AuthenticationFailed: No access token (104), Access token invalid, expired or of the wrong kind (190)
            NotFound: Unknown path, or `fields` that cannot be read (2500)
            GraphError: It failed in another way.
        """
        call = Call(
            "get_user",
            "GET",
            f"/{segment(user_id)}",
            User.from_dict,
            params={
                "fields": fields,
            },
        )
        return await self._send(call, timeout)

    async def get_ad_account(
        self,
        ad_account_id: str,
        *,
        fields: str | None = None,
        timeout: Timeout = None,
    ) -> AdAccount:
        """Look at an ad account

        Reads one ad account. Its owner and the agencies with access to it see it [A6].

        Source: reference, ad-account.

        Args:
            ad_account_id: The digits of the ad account's id; `act_` stands before them in the path.
            fields: Fields of the ad account. Without it, id and account_id.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            RateLimited: Limit of the ad account use case reached (80004)
            GraphError: It failed in another way.
        """
        call = Call(
            "get_ad_account",
            "GET",
            f"/act_{segment(ad_account_id)}",
            AdAccount.from_dict,
            params={
                "fields": fields,
            },
        )
        return await self._send(call, timeout)

    def list_client_ad_accounts(
        self,
        business_id: str,
        *,
        search_query: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        summary: SummaryWanted | None = None,
        max_items: int | None = None,
        timeout: Timeout = None,
    ) -> AsyncCountedItems[AdAccount, AdAccountList]:
        """List the ad accounts that clients gave you

        Lists the ad accounts of other businesses to which your business has access, with its tasks on each.

        Source: reference, business/client_ad_accounts.

        Args:
            business_id: Id of your business, the one for which the token acts.
            search_query: Only ad accounts whose name or id contains this text (SDK, since 2022-10-25).
            fields: Fields of the ad account. Without it, id and account_id.
            limit: Entries on one page, at most. A number that is too high is no error: Graph gives fewer.
                **Assumption [A21]:** 25 unless told, and 100 at most, as on a sibling edge of Meta's
                WhatsApp API.
            after: The entries after this cursor, from `paging.cursors.after`.
            before: The entries before this cursor, from `paging.cursors.before`.
            summary: Adds `summary.total_count` to the answer. Meta's Python SDK sends `true` on every edge.
            max_items: Stop after so many entries, without fetching further pages.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        call = Call(
            "list_client_ad_accounts",
            "GET",
            f"/{segment(business_id)}/client_ad_accounts",
            AdAccountList.from_dict,
            params={
                "search_query": search_query,
                "fields": fields,
                "limit": limit,
                "after": after,
                "before": before,
                "summary": summary,
            },
        )
        return self._counted_items(call, max_items, timeout, {"summary": "total_count", "limit": 1})

    def list_client_pages(
        self,
        business_id: str,
        *,
        fields: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        summary: SummaryWanted | None = None,
        max_items: int | None = None,
        timeout: Timeout = None,
    ) -> AsyncCountedItems[Page, PageList]:
        """List the Pages that clients gave you

        Lists the Pages of other businesses to which your business has access, with its tasks on each.

        Source: reference, business/client_pages.

        Args:
            business_id: Id of your business, the one for which the token acts.
            fields: Fields of the Page. Without it, id and name, unless the operation shows more.
            limit: Entries on one page, at most. A number that is too high is no error: Graph gives fewer.
                **Assumption [A21]:** 25 unless told, and 100 at most, as on a sibling edge of Meta's
                WhatsApp API.
            after: The entries after this cursor, from `paging.cursors.after`.
            before: The entries before this cursor, from `paging.cursors.before`.
            summary: Adds `summary.total_count` to the answer. Meta's Python SDK sends `true` on every edge.
            max_items: Stop after so many entries, without fetching further pages.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            AuthenticationFailed: No access token (104), Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200), Blocked as abusive (368)
            GraphError: It failed in another way.
        """
        call = Call(
            "list_client_pages",
            "GET",
            f"/{segment(business_id)}/client_pages",
            PageList.from_dict,
            params={
                "fields": fields,
                "limit": limit,
                "after": after,
                "before": before,
                "summary": summary,
            },
        )
        return self._counted_items(call, max_items, timeout, {"summary": "total_count", "limit": 1})

    def list_clients(
        self,
        business_id: str,
        *,
        fields: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        summary: SummaryWanted | None = None,
        max_items: int | None = None,
        timeout: Timeout = None,
    ) -> AsyncCountedItems[Client, ClientList]:
        """List your clients

        Lists the businesses that gave yours access to one or more of their ad accounts or Pages, with the state of
        each access in `adaccount_permissions` and `page_permissions`. Open requests are listed too: look for an
        `access_status` that contains `PENDING`. (The guide says `PENDING`, and its own example shows
        `CLIENT_RESPONSE_PENDING`.)

        Source: guide, "Request Access to Assets" and "View Client Access"; reference, business/clients.

        Args:
            business_id: Id of your business, the one for which the token acts.
            fields: Fields of each client.
            limit: Entries on one page, at most. A number that is too high is no error: Graph gives fewer.
                **Assumption [A21]:** 25 unless told, and 100 at most, as on a sibling edge of Meta's
                WhatsApp API.
            after: The entries after this cursor, from `paging.cursors.after`.
            before: The entries before this cursor, from `paging.cursors.before`.
            summary: Adds `summary.total_count` to the answer. Meta's Python SDK sends `true` on every edge.
            max_items: Stop after so many entries, without fetching further pages.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            GraphError: It failed in another way.
        """
        call = Call(
            "list_clients",
            "GET",
            f"/{segment(business_id)}/clients",
            ClientList.from_dict,
            params={
                "fields": fields,
                "limit": limit,
                "after": after,
                "before": before,
                "summary": summary,
            },
        )
        return self._counted_items(call, max_items, timeout, {"summary": "total_count", "limit": 1})

    async def request_ad_account_access(
        self,
        business_id: str,
        *,
        adaccount_id: str,
        permitted_tasks: list[AdAccountTask] | None = None,
        timeout: Timeout = None,
    ) -> AccessRequestResult:
        """Ask for access to an ad account

        Asks the owner of an ad account to give your business access to it, with the tasks that you name. The
        owner's admins are notified. The request waits until they accept it, in the user interface or with
        `POST /act_{ad_account_id}/agencies`.

        - `permitted_tasks` is mandatory in the guide, and optional in the SDK.
        - Ask only businesses that already know yours. Too many reports as spam lock your business.
        - **Assumption [A18]:** the token belongs to an admin of the requesting business, as with `owned_ad_accounts`.
        - Left the SDK on 2021-06-10, two days after access was limited; the guide still has it.

        The sibling call on `owned_ad_accounts` also documents 457, 2702, 3979, 3980 and 3994, without saying what they
        mean.

        Source: guide, "Request Access to Assets"; SDK until 2021-06-10.

        Args:
            business_id: Id of your business, the one for which the token acts.
            adaccount_id: The id of an ad account, `act_` and its digits.
            permitted_tasks: The tasks asked for. Without it `ANALYZE` alone [A36].
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            InvalidParameter: Invalid parameter (100), Access was already asked for (3936), The business has access already (3944)
            PermissionDenied: Permission error (200), Blocked as abusive (368), The asset demands two-factor authentication (415)
            GraphError: It failed in another way.
        """
        call = Call(
            "request_ad_account_access",
            "POST",
            f"/{segment(business_id)}/client_ad_accounts",
            AccessRequestResult.from_dict,
            body={
                "adaccount_id": adaccount_id,
                "permitted_tasks": permitted_tasks,
            },
        )
        return await self._send(call, timeout)

    async def request_page_access(
        self,
        business_id: str,
        *,
        page_id: str,
        permitted_tasks: list[PageTask] | None = None,
        timeout: Timeout = None,
    ) -> AccessRequestResult:
        """Ask for access to a Page

        Asks the owner of a Page to give your business access to it, with the tasks that you name. The Page's admins
        are notified. The request waits until they accept it, in the user interface or with
        `POST /{page_id}/agencies`. If you already administer the Page, it is accepted at once: `CONFIRMED`.

        - `permitted_tasks` is mandatory in the guide, and optional in the SDK.
        - Ask only businesses that already know yours. Too many reports as spam lock your business.
        - The token belongs to an admin, or an admin system user, of the requesting business, with
          `pages_manage_metadata` and `pages_show_list`.
        - The reference says that this edge cannot create; the guide and the SDK say that it can.

        Source: guide, "Request Access to Assets"; Meta's Pages guide.

        Args:
            business_id: Id of your business, the one for which the token acts.
            page_id: An id, as a string of digits; numbers of this size lose digits in JSON.
            permitted_tasks: The tasks asked for. Without it `ANALYZE` alone [A36].
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        call = Call(
            "request_page_access",
            "POST",
            f"/{segment(business_id)}/client_pages",
            AccessRequestResult.from_dict,
            body={
                "page_id": page_id,
                "permitted_tasks": permitted_tasks,
            },
        )
        return await self._send(call, timeout)

    def list_pending_client_ad_accounts(
        self,
        business_id: str,
        *,
        fields: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        summary: SummaryWanted | None = None,
        max_items: int | None = None,
        timeout: Timeout = None,
    ) -> AsyncCountedItems[AdAccountRequest, AdAccountRequestList]:
        """List your open requests for ad accounts

        Lists the ad accounts for which your business asked and still waits for an answer. Membership is the status:
        an answered request is no longer listed.

        Source: reference, business/pending_client_ad_accounts.

        Args:
            business_id: Id of your business, the one for which the token acts.
            fields: Fields of each request.
            limit: Entries on one page, at most. A number that is too high is no error: Graph gives fewer.
                **Assumption [A21]:** 25 unless told, and 100 at most, as on a sibling edge of Meta's
                WhatsApp API.
            after: The entries after this cursor, from `paging.cursors.after`.
            before: The entries before this cursor, from `paging.cursors.before`.
            summary: Adds `summary.total_count` to the answer. Meta's Python SDK sends `true` on every edge.
            max_items: Stop after so many entries, without fetching further pages.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Blocked as abusive (368)
            GraphError: It failed in another way.
        """
        call = Call(
            "list_pending_client_ad_accounts",
            "GET",
            f"/{segment(business_id)}/pending_client_ad_accounts",
            AdAccountRequestList.from_dict,
            params={
                "fields": fields,
                "limit": limit,
                "after": after,
                "before": before,
                "summary": summary,
            },
        )
        return self._counted_items(call, max_items, timeout, {"summary": "total_count", "limit": 1})

    def list_pending_client_pages(
        self,
        business_id: str,
        *,
        fields: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        summary: SummaryWanted | None = None,
        max_items: int | None = None,
        timeout: Timeout = None,
    ) -> AsyncCountedItems[PageRequest, PageRequestList]:
        """List your open requests for Pages

        Lists the Pages for which your business asked and still waits for an answer. Membership is the status: an
        answered request is no longer listed.

        Source: reference, business/pending_client_pages.

        Args:
            business_id: Id of your business, the one for which the token acts.
            fields: Fields of each request.
            limit: Entries on one page, at most. A number that is too high is no error: Graph gives fewer.
                **Assumption [A21]:** 25 unless told, and 100 at most, as on a sibling edge of Meta's
                WhatsApp API.
            after: The entries after this cursor, from `paging.cursors.after`.
            before: The entries before this cursor, from `paging.cursors.before`.
            summary: Adds `summary.total_count` to the answer. Meta's Python SDK sends `true` on every edge.
            max_items: Stop after so many entries, without fetching further pages.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            AuthenticationFailed: No access token (104), Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Blocked as abusive (368)
            GraphError: It failed in another way.
        """
        call = Call(
            "list_pending_client_pages",
            "GET",
            f"/{segment(business_id)}/pending_client_pages",
            PageRequestList.from_dict,
            params={
                "fields": fields,
                "limit": limit,
                "after": after,
                "before": before,
                "summary": summary,
            },
        )
        return self._counted_items(call, max_items, timeout, {"summary": "total_count", "limit": 1})

    def list_pending_owned_ad_accounts(
        self,
        business_id: str,
        *,
        fields: str | None = None,
        summary: SummaryWanted | None = None,
        max_items: int | None = None,
        timeout: Timeout = None,
    ) -> AsyncCountedItems[AdAccountRequest, OwnedAdAccountRequestList]:
        """List the ad accounts that others ask you for

        Lists the ad accounts of your business for which others asked and still wait for your answer. All of them
        at once: the reference shows no `paging` here.

        Source: reference, business/pending_owned_ad_accounts.

        Args:
            business_id: Id of your business, the one for which the token acts.
            fields: Fields of each request.
            summary: Adds `summary.total_count` to the answer. Meta's Python SDK sends `true` on every edge.
            max_items: Stop after so many entries, without fetching further pages.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Blocked as abusive (368)
            GraphError: It failed in another way.
        """
        call = Call(
            "list_pending_owned_ad_accounts",
            "GET",
            f"/{segment(business_id)}/pending_owned_ad_accounts",
            OwnedAdAccountRequestList.from_dict,
            params={
                "fields": fields,
                "summary": summary,
            },
        )
        return self._counted_items(call, max_items, timeout, {"summary": "total_count"})

    def list_pending_owned_pages(
        self,
        business_id: str,
        *,
        fields: str | None = None,
        summary: SummaryWanted | None = None,
        max_items: int | None = None,
        timeout: Timeout = None,
    ) -> AsyncCountedItems[PageRequest, OwnedPageRequestList]:
        """List the Pages that others ask you for

        Lists the Pages of your business for which others asked and still wait for your answer. All of them at once:
        the reference shows no `paging` here.

        Source: reference, business/pending_owned_pages.

        Args:
            business_id: Id of your business, the one for which the token acts.
            fields: Fields of each request.
            summary: Adds `summary.total_count` to the answer. Meta's Python SDK sends `true` on every edge.
            max_items: Stop after so many entries, without fetching further pages.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        call = Call(
            "list_pending_owned_pages",
            "GET",
            f"/{segment(business_id)}/pending_owned_pages",
            OwnedPageRequestList.from_dict,
            params={
                "fields": fields,
                "summary": summary,
            },
        )
        return self._counted_items(call, max_items, timeout, {"summary": "total_count"})

    def list_assigned_pages(
        self,
        user_id: str = "me",
        *,
        fields: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        summary: SummaryWanted | None = None,
        max_items: int | None = None,
        timeout: Timeout = None,
    ) -> AsyncCountedItems[Page, PageList]:
        """List the Pages that are assigned to a user

        Lists the Pages on which a user or a system user has tasks, with these tasks. For the user itself, and for the
        admins of its business.

        Source: reference, system-user/assigned_pages.

        Args:
            user_id: Id of the user of the token, or `me`.
            fields: Fields of the Page. Without it, id and name, unless the operation shows more.
            limit: Entries on one page, at most. A number that is too high is no error: Graph gives fewer.
                **Assumption [A21]:** 25 unless told, and 100 at most, as on a sibling edge of Meta's
                WhatsApp API.
            after: The entries after this cursor, from `paging.cursors.after`.
            before: The entries before this cursor, from `paging.cursors.before`.
            summary: Adds `summary.total_count` to the answer. Meta's Python SDK sends `true` on every edge.
            max_items: Stop after so many entries, without fetching further pages.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        call = Call(
            "list_assigned_pages",
            "GET",
            f"/{segment(user_id)}/assigned_pages",
            PageList.from_dict,
            params={
                "fields": fields,
                "limit": limit,
                "after": after,
                "before": before,
                "summary": summary,
            },
        )
        return self._counted_items(call, max_items, timeout, {"summary": "total_count", "limit": 1})

    def list_assigned_ad_accounts(
        self,
        user_id: str = "me",
        *,
        fields: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        summary: SummaryWanted | None = None,
        max_items: int | None = None,
        timeout: Timeout = None,
    ) -> AsyncCountedItems[AdAccount, AdAccountList]:
        """List the ad accounts that are assigned to a user

        Lists the ad accounts on which a user or a system user has tasks, with these tasks. For the user itself, and for
        the admins of its business.

        Source: reference, system-user/assigned_ad_accounts.

        Args:
            user_id: Id of the user of the token, or `me`.
            fields: Fields of the ad account. Without it, id and account_id.
            limit: Entries on one page, at most. A number that is too high is no error: Graph gives fewer.
                **Assumption [A21]:** 25 unless told, and 100 at most, as on a sibling edge of Meta's
                WhatsApp API.
            after: The entries after this cursor, from `paging.cursors.after`.
            before: The entries before this cursor, from `paging.cursors.before`.
            summary: Adds `summary.total_count` to the answer. Meta's Python SDK sends `true` on every edge.
            max_items: Stop after so many entries, without fetching further pages.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        call = Call(
            "list_assigned_ad_accounts",
            "GET",
            f"/{segment(user_id)}/assigned_ad_accounts",
            AdAccountList.from_dict,
            params={
                "fields": fields,
                "limit": limit,
                "after": after,
                "before": before,
                "summary": summary,
            },
        )
        return self._counted_items(call, max_items, timeout, {"summary": "total_count", "limit": 1})

    def list_system_users(
        self,
        business_id: str,
        *,
        fields: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        summary: SummaryWanted | None = None,
        max_items: int | None = None,
        timeout: Timeout = None,
    ) -> AsyncCountedItems[Staff, StaffList]:
        """List the system users of a business

        Lists the system users of your business.

        Source: reference, business/system_users; Meta's system user guide.

        Args:
            business_id: Id of your business, the one for which the token acts.
            fields: Fields of each user.
            limit: Entries on one page, at most. A number that is too high is no error: Graph gives fewer.
                **Assumption [A21]:** 25 unless told, and 100 at most, as on a sibling edge of Meta's
                WhatsApp API.
            after: The entries after this cursor, from `paging.cursors.after`.
            before: The entries before this cursor, from `paging.cursors.before`.
            summary: Adds `summary.total_count` to the answer. Meta's Python SDK sends `true` on every edge.
            max_items: Stop after so many entries, without fetching further pages.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            AuthenticationFailed: No access token (104)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        call = Call(
            "list_system_users",
            "GET",
            f"/{segment(business_id)}/system_users",
            StaffList.from_dict,
            params={
                "fields": fields,
                "limit": limit,
                "after": after,
                "before": before,
                "summary": summary,
            },
        )
        return self._counted_items(call, max_items, timeout, {"summary": "total_count", "limit": 1})

    async def create_system_user(
        self,
        business_id: str,
        *,
        name: str,
        role: StaffRole | None = None,
        timeout: Timeout = None,
    ) -> NewId:
        """Make a system user

        Makes a system user of your business, who cannot be deleted. **Assumption [A55]:** it is an employee, unless
        `role` says `ADMIN`. The codes 3949 and 3965 are documented as well, without what they mean.

        Source: reference, business/system_users.

        Args:
            business_id: Id of your business, the one for which the token acts.
            name: A text for people, such as a name or a title.
            role: The role of a user in a business.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        call = Call(
            "create_system_user",
            "POST",
            f"/{segment(business_id)}/system_users",
            NewId.from_dict,
            body={
                "name": name,
                "role": role,
            },
        )
        return await self._send(call, timeout)

    def list_business_users(
        self,
        business_id: str,
        *,
        fields: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        summary: SummaryWanted | None = None,
        max_items: int | None = None,
        timeout: Timeout = None,
    ) -> AsyncCountedItems[Staff, StaffList]:
        """List the people of a business

        Lists the people of your business, with the ids that they have in it.

        Source: reference, business/business_users.

        Args:
            business_id: Id of your business, the one for which the token acts.
            fields: Fields of each user.
            limit: Entries on one page, at most. A number that is too high is no error: Graph gives fewer.
                **Assumption [A21]:** 25 unless told, and 100 at most, as on a sibling edge of Meta's
                WhatsApp API.
            after: The entries after this cursor, from `paging.cursors.after`.
            before: The entries before this cursor, from `paging.cursors.before`.
            summary: Adds `summary.total_count` to the answer. Meta's Python SDK sends `true` on every edge.
            max_items: Stop after so many entries, without fetching further pages.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            AuthenticationFailed: No access token (104), Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200), Blocked as abusive (368)
            GraphError: It failed in another way.
        """
        call = Call(
            "list_business_users",
            "GET",
            f"/{segment(business_id)}/business_users",
            StaffList.from_dict,
            params={
                "fields": fields,
                "limit": limit,
                "after": after,
                "before": before,
                "summary": summary,
            },
        )
        return self._counted_items(call, max_items, timeout, {"summary": "total_count", "limit": 1})

    async def invite_business_user(
        self,
        business_id: str,
        *,
        email: str,
        role: StaffRole | None = None,
        timeout: Timeout = None,
    ) -> NewId:
        """Invite a person

        Invites a person to your business. **Assumption [A56]:** in the sandbox the invitation is accepted at once.

        Source: reference, business/business_users.

        Args:
            business_id: Id of your business, the one for which the token acts.
            email: Address of the person.
            role: The role of a user in a business.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200), Blocked as abusive (368), The asset demands two-factor authentication (415)
            GraphError: It failed in another way.
        """
        call = Call(
            "invite_business_user",
            "POST",
            f"/{segment(business_id)}/business_users",
            NewId.from_dict,
            body={
                "email": email,
                "role": role,
            },
        )
        return await self._send(call, timeout)

    def list_business_users_of_user(
        self,
        user_id: str = "me",
        *,
        fields: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        max_items: int | None = None,
        timeout: Timeout = None,
    ) -> AsyncItems[Staff, StaffList]:
        """List who a person is in each business

        Lists the person of the token as the user that it is in each of its businesses, with the id that it has there:
        the way of programs from a person to the businesses.

        Source: reference, user/business_users.

        Args:
            user_id: Id of the user of the token, or `me`.
            fields: Fields of each user.
            limit: Entries on one page, at most. A number that is too high is no error: Graph gives fewer.
                **Assumption [A21]:** 25 unless told, and 100 at most, as on a sibling edge of Meta's
                WhatsApp API.
            after: The entries after this cursor, from `paging.cursors.after`.
            before: The entries before this cursor, from `paging.cursors.before`.
            max_items: Stop after so many entries, without fetching further pages.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        call = Call(
            "list_business_users_of_user",
            "GET",
            f"/{segment(user_id)}/business_users",
            StaffList.from_dict,
            params={
                "fields": fields,
                "limit": limit,
                "after": after,
                "before": before,
            },
        )
        return self._items(call, max_items, timeout)

    async def create_system_user_token(
        self,
        business_id: str,
        *,
        system_user_id: str,
        scope: list[str] | str,
        timeout: Timeout = None,
    ) -> AccessTokenResult:
        """Make a token for a system user of yours

        Makes an access token for a system user of your business, with scopes that your own token has. `asset`, which
        would assign assets to it, is outside of this document. The code 3962 is documented as well, without what it
        means.

        Source: reference, business/system_user_access_tokens.

        Args:
            business_id: Id of your business, the one for which the token acts.
            system_user_id: An id, as a string of digits; numbers of this size lose digits in JSON.
            scope: Permissions, as a list or in a string.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            AuthenticationFailed: The session of the token is invalid (452)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        call = Call(
            "create_system_user_token",
            "POST",
            f"/{segment(business_id)}/system_user_access_tokens",
            AccessTokenResult.from_dict,
            body={
                "system_user_id": system_user_id,
                "scope": scope,
            },
        )
        return await self._send(call, timeout)

    def list_page_users(
        self,
        page_id: str,
        *,
        business: str,
        fields: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        summary: SummaryWanted | None = None,
        max_items: int | None = None,
        timeout: Timeout = None,
    ) -> AsyncCountedItems[AssignedUser, AssignedUserList]:
        """List who is assigned to a Page

        Lists the users and system users of one business who have tasks on the Page. `business` says which business:
        without it the call is refused, also where this edge stands among the `fields` of another call.

        Source: reference, page/assigned_users.

        Args:
            page_id: Id of a Page.
            business: Id of the business whose users are listed.
            fields: Fields of each user.
            limit: Entries on one page, at most. A number that is too high is no error: Graph gives fewer.
                **Assumption [A21]:** 25 unless told, and 100 at most, as on a sibling edge of Meta's
                WhatsApp API.
            after: The entries after this cursor, from `paging.cursors.after`.
            before: The entries before this cursor, from `paging.cursors.before`.
            summary: Adds `summary.total_count` to the answer. Meta's Python SDK sends `true` on every edge.
            max_items: Stop after so many entries, without fetching further pages.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200), Blocked as abusive (368)
            GraphError: It failed in another way.
        """
        call = Call(
            "list_page_users",
            "GET",
            f"/{segment(page_id)}/assigned_users",
            AssignedUserList.from_dict,
            params={
                "business": business,
                "fields": fields,
                "limit": limit,
                "after": after,
                "before": before,
                "summary": summary,
            },
        )
        return self._counted_items(call, max_items, timeout, {"summary": "total_count", "limit": 1})

    async def assign_page_user(
        self,
        page_id: str,
        *,
        user: str,
        tasks: list[PageTask] | None = None,
        business: str | None = None,
        timeout: Timeout = None,
    ) -> Success:
        """Assign a user to a Page

        Gives a user or a system user tasks on the Page. Takes the token of an admin of the business that owns the Page,
        or of one that has access to it: that one can assign no more tasks than it was granted. **Assumption [A57]:**
        the tasks replace those that the user had, and without `tasks` it is `ANALYZE`.

        The guide calls it with the token of a user, the reference asks for a Page access token: both are taken.

        - `user` is the id of a system user, or the id that a person has in the business. The one that `/me` answers is
          another: code 100 with subcode 1752100.

        Source: Meta's guide "Business On Behalf Of", step 4; reference, page/assigned_users.

        Args:
            page_id: Id of a Page.
            user: An id, as a string of digits; numbers of this size lose digits in JSON.
            tasks: The tasks; without them it is `ANALYZE` [A57].
            business: An id, as a string of digits; numbers of this size lose digits in JSON.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200), Blocked as abusive (368)
            GraphError: It failed in another way.
        """
        call = Call(
            "assign_page_user",
            "POST",
            f"/{segment(page_id)}/assigned_users",
            Success.from_dict,
            body={
                "user": user,
                "tasks": tasks,
                "business": business,
            },
        )
        return await self._send(call, timeout)

    async def remove_page_user(
        self,
        page_id: str,
        *,
        user: str,
        timeout: Timeout = None,
    ) -> Success:
        """Take a Page from a user

        Takes all tasks on the Page away from a user or a system user. It needs the token of an admin of that user's
        business.

        Source: reference, page/assigned_users.

        Args:
            page_id: Id of a Page.
            user: Id of the user or the system user.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            InvalidParameter: Invalid parameter (100)
            GraphError: It failed in another way.
        """
        call = Call(
            "remove_page_user",
            "DELETE",
            f"/{segment(page_id)}/assigned_users",
            Success.from_dict,
            params={
                "user": user,
            },
        )
        return await self._send(call, timeout)

    def list_ad_account_users(
        self,
        ad_account_id: str,
        *,
        business: str,
        fields: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        summary: SummaryWanted | None = None,
        max_items: int | None = None,
        timeout: Timeout = None,
    ) -> AsyncCountedItems[AssignedUser, AssignedUserList]:
        """List who is assigned to an ad account

        Lists the users and system users of one business who have tasks on the ad account. `business` says which
        business: without it the call is refused, also where this edge stands among the `fields` of another call.

        Source: reference, ad-account/assigned_users.

        Args:
            ad_account_id: The digits of the ad account's id; `act_` stands before them in the path.
            business: Id of the business whose users are listed.
            fields: Fields of each user.
            limit: Entries on one page, at most. A number that is too high is no error: Graph gives fewer.
                **Assumption [A21]:** 25 unless told, and 100 at most, as on a sibling edge of Meta's
                WhatsApp API.
            after: The entries after this cursor, from `paging.cursors.after`.
            before: The entries before this cursor, from `paging.cursors.before`.
            summary: Adds `summary.total_count` to the answer. Meta's Python SDK sends `true` on every edge.
            max_items: Stop after so many entries, without fetching further pages.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200), Blocked as abusive (368)
            GraphError: It failed in another way.
        """
        call = Call(
            "list_ad_account_users",
            "GET",
            f"/act_{segment(ad_account_id)}/assigned_users",
            AssignedUserList.from_dict,
            params={
                "business": business,
                "fields": fields,
                "limit": limit,
                "after": after,
                "before": before,
                "summary": summary,
            },
        )
        return self._counted_items(call, max_items, timeout, {"summary": "total_count", "limit": 1})

    async def assign_ad_account_user(
        self,
        ad_account_id: str,
        *,
        user: str,
        tasks: list[AdAccountTask] | None = None,
        business: str | None = None,
        timeout: Timeout = None,
    ) -> Success:
        """Assign a user to an ad account

        Gives a user or a system user tasks on the ad account. Takes the token of an admin of the business that owns the
        ad account, or of one that has access to it: that one can assign no more tasks than it was granted. The tasks
        replace those that the user had, and without `tasks` it is `ANALYZE`, as on a Page [A57].

        - `user` is the id of a system user, or the id that a person has in the business. The one that `/me` answers is
          another: code 100 with subcode 1752100.

        Source: Meta's guide "Business On Behalf Of", step 4; reference, ad-account/assigned_users.

        Args:
            ad_account_id: The digits of the ad account's id; `act_` stands before them in the path.
            user: An id, as a string of digits; numbers of this size lose digits in JSON.
            tasks: The tasks; without them it is `ANALYZE` [A57].
            business: An id, as a string of digits; numbers of this size lose digits in JSON.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            InvalidParameter: Invalid parameter (100), The tasks on the ad account cannot be changed like this (2620)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        call = Call(
            "assign_ad_account_user",
            "POST",
            f"/act_{segment(ad_account_id)}/assigned_users",
            Success.from_dict,
            body={
                "user": user,
                "tasks": tasks,
                "business": business,
            },
        )
        return await self._send(call, timeout)

    async def remove_ad_account_user(
        self,
        ad_account_id: str,
        *,
        user: str,
        timeout: Timeout = None,
    ) -> Success:
        """Take an ad account from a user

        Takes all tasks on the ad account away from a user or a system user. It needs the token of an admin of that
        user's business.

        Source: reference, ad-account/assigned_users.

        Args:
            ad_account_id: The digits of the ad account's id; `act_` stands before them in the path.
            user: Id of the user or the system user.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            TemporaryFailure: Unexpected technical issue (3919)
            GraphError: It failed in another way.
        """
        call = Call(
            "remove_ad_account_user",
            "DELETE",
            f"/act_{segment(ad_account_id)}/assigned_users",
            Success.from_dict,
            params={
                "user": user,
            },
        )
        return await self._send(call, timeout)

    async def create_managed_business(
        self,
        business_id: str,
        *,
        existing_client_business_id: str,
        timeout: Timeout = None,
    ) -> ManagedBusiness:
        """Become the partner of a client

        Makes your business the partner of a client: the first step of acting for it. Takes the token of an admin of the
        **client**, which the partner's app got when that admin logged in.

        - The answer is the client. **Assumption [A49]:** a second call answers the same.
        - **Assumption [A50]:** if the token is not of an admin of the client, or not of the partner's app, the answer
          is code 200 with subcode 2655040, as for an app without this capability. 42004 is documented, too.
        - Making a business for a client that has none (`name`, `vertical`, …) is outside of this document.

        Source: Meta's guide "Business On Behalf Of", step 1; reference, business/managed_businesses.

        Args:
            business_id: Id of your business, the one for which the token acts.
            existing_client_business_id: An id, as a string of digits; numbers of this size lose digits in JSON.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            InvalidParameter: Invalid parameter (100), The business of a client could not be made (42004)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        call = Call(
            "create_managed_business",
            "POST",
            f"/{segment(business_id)}/managed_businesses",
            ManagedBusiness.from_dict,
            body={
                "existing_client_business_id": existing_client_business_id,
            },
        )
        return await self._send(call, timeout)

    async def remove_managed_business(
        self,
        business_id: str,
        *,
        existing_client_business_id: str,
        timeout: Timeout = None,
    ) -> Success:
        """End the relationship with a client

        Ends the relationship of a partner and its client. The system user that the partner has in the client's business
        goes with it, and so does its token. Takes the token of an admin of the client. **Assumption [A51]:** or of the
        partner.

        The reference says that this cannot be deleted; the guide's FAQ and the SDK have the call.

        Source: Meta's guide "Business On Behalf Of", FAQ; SDK.

        Args:
            business_id: Id of your business, the one for which the token acts.
            existing_client_business_id: Id of the client.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        call = Call(
            "remove_managed_business",
            "DELETE",
            f"/{segment(business_id)}/managed_businesses",
            Success.from_dict,
            params={
                "existing_client_business_id": existing_client_business_id,
            },
        )
        return await self._send(call, timeout)

    async def create_access_token(
        self,
        business_id: str,
        *,
        app_id: str,
        scope: list[str] | str,
        system_user_name: str | None = None,
        timeout: Timeout = None,
    ) -> AccessTokenResult:
        """Get the token of the system user in a client's business

        Makes a system user in the client's business, an employee to whom nothing is assigned, and answers its access
        token. Takes the token of an **admin system user of the partner**, with every scope that is asked for, and
        `appsecret_proof`.

        - The first call makes the system user. Its name is `system_user_name`, or that of the client, followed by
          `SYSTEM USER`. **Assumption [A52]:** later calls answer the token of the same system user.
        - A newer copy of the guide demands `appsecret_proof`, an older one does not mention it, and programs do not
          send it. **Assumption [A53]:** without it the call is refused, unless the app has `require_proof: false` in
          the sandbox.
        - **Assumption [A54]:** to one that is no partner of the client, with the app of another business, or with
          another kind of token the answer is code 200. A scope that the token lacks is code 100.

        Source: Meta's guide "Business On Behalf Of", step 2.

        Args:
            business_id: Id of the client.
            app_id: An id, as a string of digits; numbers of this size lose digits in JSON.
            scope: Permissions, as a list or in a string.
            system_user_name: A text for people, such as a name or a title.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        call = Call(
            "create_access_token",
            "POST",
            f"/{segment(business_id)}/access_token",
            AccessTokenResult.from_dict,
            body={
                "app_id": app_id,
                "scope": scope,
                "system_user_name": system_user_name,
            },
        )
        return await self._send(call, timeout)

    def list_owned_businesses(
        self,
        business_id: str,
        *,
        fields: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        summary: SummaryWanted | None = None,
        max_items: int | None = None,
        timeout: Timeout = None,
    ) -> AsyncCountedItems[Business, BusinessList]:
        """List your clients as a partner

        Lists the clients for whom your business acts as their partner.

        Source: reference, business/owned_businesses.

        Args:
            business_id: Id of your business, the one for which the token acts.
            fields: Fields of the business. Without it, id and name.
            limit: Entries on one page, at most. A number that is too high is no error: Graph gives fewer.
                **Assumption [A21]:** 25 unless told, and 100 at most, as on a sibling edge of Meta's
                WhatsApp API.
            after: The entries after this cursor, from `paging.cursors.after`.
            before: The entries before this cursor, from `paging.cursors.before`.
            summary: Adds `summary.total_count` to the answer. Meta's Python SDK sends `true` on every edge.
            max_items: Stop after so many entries, without fetching further pages.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        call = Call(
            "list_owned_businesses",
            "GET",
            f"/{segment(business_id)}/owned_businesses",
            BusinessList.from_dict,
            params={
                "fields": fields,
                "limit": limit,
                "after": after,
                "before": before,
                "summary": summary,
            },
        )
        return self._counted_items(call, max_items, timeout, {"summary": "total_count", "limit": 1})

    async def remove_client(
        self,
        business_id: str,
        *,
        business: str,
        timeout: Timeout = None,
    ) -> Success:
        """Give up all access to a client

        Your business gives up its access to all ad accounts and Pages of one client. To give up a single asset, the
        owner calls the asset's `agencies` edge, or your business `ad_accounts` or `pages`.

        Source: reference, business/clients. The guide does not mention it.

        Args:
            business_id: Id of your business, the one for which the token acts.
            business: Id of the client whose assets your business gives up.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            InvalidParameter: Invalid parameter (100)
            GraphError: It failed in another way.
        """
        call = Call(
            "remove_client",
            "DELETE",
            f"/{segment(business_id)}/clients",
            Success.from_dict,
            params={
                "business": business,
            },
        )
        return await self._send(call, timeout)

    async def remove_client_ad_account(
        self,
        business_id: str,
        *,
        adaccount_id: str,
        timeout: Timeout = None,
    ) -> Success:
        """Give up one ad account of a client

        Your business gives up its access to one ad account, or withdraws its request for it. To take access away from
        an agency, the owner calls the ad account's `agencies` edge.

        - **Assumption [A35]:** of an ad account that your business owns, this is refused with code 200; without access
          or request the answer is code 100 with subcode 33.

        Source: reference, business/ad_accounts; SDK (`delete_ad_accounts`).

        Args:
            business_id: Id of your business, the one for which the token acts.
            adaccount_id: Id of the ad account that your business gives up.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Blocked as abusive (368)
            GraphError: It failed in another way.
        """
        call = Call(
            "remove_client_ad_account",
            "DELETE",
            f"/{segment(business_id)}/ad_accounts",
            Success.from_dict,
            params={
                "adaccount_id": adaccount_id,
            },
        )
        return await self._send(call, timeout)

    async def remove_client_page(
        self,
        business_id: str,
        *,
        page_id: str,
        timeout: Timeout = None,
    ) -> Success:
        """Give up one Page of a client

        Your business gives up its access to one Page, or withdraws its request for it. To take access away from an
        agency, the owner calls the Page's `agencies` edge.

        - Without access or request the answer is code 3996 (reference).
        - Of a Page that your business owns, this is refused with code 200 [A35].

        Source: reference, business/pages; SDK (`delete_pages`).

        Args:
            business_id: Id of your business, the one for which the token acts.
            page_id: Id of the Page that your business gives up.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            InvalidParameter: Invalid parameter (100)
            NotFound: The Page does not belong to this business (3996)
            PermissionDenied: Permission error (200), The asset demands two-factor authentication (415)
            GraphError: It failed in another way.
        """
        call = Call(
            "remove_client_page",
            "DELETE",
            f"/{segment(business_id)}/pages",
            Success.from_dict,
            params={
                "page_id": page_id,
            },
        )
        return await self._send(call, timeout)

    async def remove_agency(
        self,
        page_or_business_id: str,
        *,
        business: str,
        timeout: Timeout = None,
    ) -> Success:
        """Take a business's access to your Page or business away

        Two calls share this path:

        - With the id of a **Page**: takes the agency's access to this Page away. Takes a Page access token. (The guide
          and the SDK have this call; the reference says that it is not possible.)
        - With the id of a **business**: takes the agency's access to all assets of this business away.

        The guide sends `business` as a form field; it is accepted like the query parameter.

        Source: guide, "Remove Access to Assets"; reference, business/agencies.

        Args:
            page_or_business_id: Id of a Page or of a business.
            business: Id of the agency whose access ends.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            InvalidParameter: Invalid parameter (100)
            GraphError: It failed in another way.
        """
        call = Call(
            "remove_agency",
            "DELETE",
            f"/{segment(page_or_business_id)}/agencies",
            Success.from_dict,
            params={
                "business": business,
            },
        )
        return await self._send(call, timeout)

    async def remove_ad_account_agency(
        self,
        ad_account_id: str,
        *,
        business: str,
        timeout: Timeout = None,
    ) -> Success:
        """Take a business's access to your ad account away

        Takes an agency's access to one ad account away. The guide sends `business` as a form field; it is accepted
        like the query parameter.

        Source: guide, "Remove Access to Assets"; reference, ad-account/agencies.

        Args:
            ad_account_id: The digits of the ad account's id; `act_` stands before them in the path.
            business: Id of the agency whose access ends.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        call = Call(
            "remove_ad_account_agency",
            "DELETE",
            f"/act_{segment(ad_account_id)}/agencies",
            Success.from_dict,
            params={
                "business": business,
            },
        )
        return await self._send(call, timeout)

    def list_agencies(
        self,
        page_or_business_id: str,
        *,
        fields: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        summary: SummaryWanted | None = None,
        max_items: int | None = None,
        timeout: Timeout = None,
    ) -> AsyncCountedItems[Agency, AgencyList]:
        """List who has access to a Page or to a business

        Two calls of the guide share this path:

        - With the id of a **Page**: the businesses that have access to this Page, flat: `access_status`,
          `permitted_tasks` and the two times stand on each business. Takes a Page access token of a person with the
          `MANAGE` task. No `summary`.
        - With the id of a **business**: the businesses that have access to any of its assets, nested:
          `adaccount_permissions` and `page_permissions` on each business.

        Source: guide, "View Agency Access"; reference, page/agencies and business/agencies.

        Args:
            page_or_business_id: Id of a Page or of a business.
            fields: Fields of each agency. A Page has the flat ones, a business the nested ones.
            limit: Entries on one page, at most. A number that is too high is no error: Graph gives fewer.
                **Assumption [A21]:** 25 unless told, and 100 at most, as on a sibling edge of Meta's
                WhatsApp API.
            after: The entries after this cursor, from `paging.cursors.after`.
            before: The entries before this cursor, from `paging.cursors.before`.
            summary: Adds `summary.total_count` to the answer. Meta's Python SDK sends `true` on every edge.
            max_items: Stop after so many entries, without fetching further pages.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            AuthenticationFailed: No access token (104), Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            RateLimited: Limit of the Page use case reached (80001)
            GraphError: It failed in another way.
        """
        call = Call(
            "list_agencies",
            "GET",
            f"/{segment(page_or_business_id)}/agencies",
            AgencyList.from_dict,
            params={
                "fields": fields,
                "limit": limit,
                "after": after,
                "before": before,
                "summary": summary,
            },
        )
        return self._counted_items(call, max_items, timeout, {"summary": "total_count", "limit": 1})

    def list_ad_account_agencies(
        self,
        ad_account_id: str,
        *,
        fields: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        max_items: int | None = None,
        timeout: Timeout = None,
    ) -> AsyncItems[AssetAgency, AssetAgencyList]:
        """List who has access to an ad account

        Lists the businesses that have access to an ad account of yours, flat: `access_status`, `permitted_tasks` and
        the two times stand on each business.

        Source: guide, "View Agency Access"; reference, ad-account/agencies.

        Args:
            ad_account_id: The digits of the ad account's id; `act_` stands before them in the path.
            fields: Fields of each agency. Without it, the name and the access.
            limit: Entries on one page, at most. A number that is too high is no error: Graph gives fewer.
                **Assumption [A21]:** 25 unless told, and 100 at most, as on a sibling edge of Meta's
                WhatsApp API.
            after: The entries after this cursor, from `paging.cursors.after`.
            before: The entries before this cursor, from `paging.cursors.before`.
            max_items: Stop after so many entries, without fetching further pages.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            RateLimited: Limit of the ad account use case reached (80004)
            GraphError: It failed in another way.
        """
        call = Call(
            "list_ad_account_agencies",
            "GET",
            f"/act_{segment(ad_account_id)}/agencies",
            AssetAgencyList.from_dict,
            params={
                "fields": fields,
                "limit": limit,
                "after": after,
                "before": before,
            },
        )
        return self._items(call, max_items, timeout)

    async def grant_page_access(
        self,
        page_or_business_id: str,
        *,
        business: str,
        permitted_tasks: list[PageTask] | None = None,
        timeout: Timeout = None,
    ) -> GrantResult:
        """Give a business access to your Page

        Gives another business access to a Page that you own, with the tasks that you name. The same call accepts a
        waiting request and grants access unasked.

        - Takes a **Page access token**; with any other the answer is code 190.
        - If the token's access to the Page comes through a business, this business must be the **owner**: an agency
          cannot pass its access on.
        - `permitted_tasks` is mandatory in the guide, and optional in the reference.
        - With the id of a business instead of a Page there is no such call (code 100, subcode 33).
        - A second grant to the same business answers 3989 (reference).

        Source: guide, "Grant Access to Assets for Another Business Manager"; reference, page/agencies.

        Args:
            page_or_business_id: Id of a Page or of a business.
            business: An id, as a string of digits; numbers of this size lose digits in JSON.
            permitted_tasks: The tasks granted. Without it `ANALYZE` alone [A36].
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100), The asset belongs to this business (3946), Access was already granted (3989)
            PermissionDenied: Permission error (200), Blocked as abusive (368)
            RateLimited: Limit of the Page use case reached (80001)
            GraphError: It failed in another way.
        """
        call = Call(
            "grant_page_access",
            "POST",
            f"/{segment(page_or_business_id)}/agencies",
            GrantResult.from_dict,
            body={
                "business": business,
                "permitted_tasks": permitted_tasks,
            },
        )
        return await self._send(call, timeout)

    async def grant_ad_account_access(
        self,
        ad_account_id: str,
        *,
        business: str,
        permitted_tasks: list[AdAccountTask] | None = None,
        timeout: Timeout = None,
    ) -> GrantResult:
        """Give a business access to your ad account

        Gives another business access to an ad account that you own, with the tasks that you name. The same call
        accepts a waiting request and grants access unasked.

        - If the token's access to the ad account comes through a business, this business must be the **owner**: an
          agency cannot pass its access on.
        - `permitted_tasks` is mandatory in the guide, and optional in the SDK.
        - Sometimes another admin of your business must review the grant, at
          `https://business.facebook.com/settings/requests/admin_reviews`; the answer then has
          `requires_admin_approval: true`, and the access waits for this review.
        - **Assumption [A20]:** a second grant to the same business replaces its tasks, without another review; other
          reports say 3989, or no effect.
        - Left the SDK on 2021-06-10 and came back on 2024-01-23.

        Source: guide, "Grant Access to Assets for Another Business Manager"; SDK.

        Args:
            ad_account_id: The digits of the ad account's id; `act_` stands before them in the path.
            business: An id, as a string of digits; numbers of this size lose digits in JSON.
            permitted_tasks: The tasks granted. Without it `ANALYZE` alone [A36].
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            InvalidParameter: Access was already granted (3989)
            GraphError: It failed in another way.
        """
        call = Call(
            "grant_ad_account_access",
            "POST",
            f"/act_{segment(ad_account_id)}/agencies",
            GrantResult.from_dict,
            body={
                "business": business,
                "permitted_tasks": permitted_tasks,
            },
        )
        return await self._send(call, timeout)

    def list_received_obo_requests(
        self,
        business_id: str,
        *,
        fields: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        max_items: int | None = None,
        timeout: Timeout = None,
    ) -> AsyncItems[OboRequest, OboRequestList]:
        """List OBO requests received from other businesses

        Lists the OBO requests in state `IN_PROGRESS` that others sent to your business: by default their ids only.

        **Deprecated** by Meta on 2020-02-03 (from v6.0; for all versions on 2020-05-05). The guide and the reference
        still show it. Use `GET /act_{ad_account_id}/onbehalf_requests`.

        Source: guide, "View OBO Requests Received From Other Businesses"; Meta's changelog of 2020-02-03.

        Args:
            business_id: Id of your business, the one for which the token acts.
            fields: Fields of the OBO request.
            limit: Entries on one page, at most. A number that is too high is no error: Graph gives fewer.
                **Assumption [A21]:** 25 unless told, and 100 at most, as on a sibling edge of Meta's
                WhatsApp API.
            after: The entries after this cursor, from `paging.cursors.after`.
            before: The entries before this cursor, from `paging.cursors.before`.
            max_items: Stop after so many entries, without fetching further pages.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            GraphError: It failed in another way.
        """
        call = Call(
            "list_received_obo_requests",
            "GET",
            f"/{segment(business_id)}/received_inprogress_onbehalf_requests",
            OboRequestList.from_dict,
            params={
                "fields": fields,
                "limit": limit,
                "after": after,
                "before": before,
            },
        )
        return self._items(call, max_items, timeout)

    def list_sent_obo_requests(
        self,
        business_id: str,
        *,
        fields: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        max_items: int | None = None,
        timeout: Timeout = None,
    ) -> AsyncItems[OboRequest, OboRequestList]:
        """List OBO requests sent by your business

        Lists the OBO requests in state `IN_PROGRESS` that your business sent: by default their ids only. (A POST here
        once created them. It is gone, and no public call creates an OBO request today.)

        **Deprecated** by Meta on 2020-02-03 (from v6.0; for all versions on 2020-05-05). The guide and the reference
        still show it. Use `GET /act_{ad_account_id}/onbehalf_requests`.

        Source: guide, "View Pending OBO Requests Sent by Your Business"; Meta's changelog of 2020-02-03.

        Args:
            business_id: Id of your business, the one for which the token acts.
            fields: Fields of the OBO request.
            limit: Entries on one page, at most. A number that is too high is no error: Graph gives fewer.
                **Assumption [A21]:** 25 unless told, and 100 at most, as on a sibling edge of Meta's
                WhatsApp API.
            after: The entries after this cursor, from `paging.cursors.after`.
            before: The entries before this cursor, from `paging.cursors.before`.
            max_items: Stop after so many entries, without fetching further pages.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            InvalidParameter: Invalid parameter (100)
            GraphError: It failed in another way.
        """
        call = Call(
            "list_sent_obo_requests",
            "GET",
            f"/{segment(business_id)}/sent_inprogress_onbehalf_requests",
            OboRequestList.from_dict,
            params={
                "fields": fields,
                "limit": limit,
                "after": after,
                "before": before,
            },
        )
        return self._items(call, max_items, timeout)

    async def get_obo_request(
        self,
        obo_request_id: str,
        *,
        fields: str | None = None,
        timeout: Timeout = None,
    ) -> OboRequest:
        """Look at an OBO request

        Reads one OBO request. (A newer copy of the guide wraps the answer in `data`; a node read on Graph is bare.)

        Source: guide, "View OBO Request Details".

        Args:
            obo_request_id: Id of an OBO request.
            fields: Fields of the OBO request.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            GraphError: It failed in another way.
        """
        call = Call(
            "get_obo_request",
            "GET",
            f"/{segment(obo_request_id)}",
            OboRequest.from_dict,
            params={
                "fields": fields,
            },
        )
        return await self._send(call, timeout)

    async def cancel_obo_request(
        self,
        obo_request_id: str,
        *,
        timeout: Timeout = None,
    ) -> OboCancellation:
        """Cancel an OBO request

        Cancels an OBO request that is still `IN_PROGRESS`. **Assumption [A19]:** either party may, and its status is
        `CANCELED` then; no source says who, or what becomes of it.

        The guide shows `"success": "true"`, a string; Meta's reference has a boolean everywhere. Expect both. The SDK
        dropped this call on 2020-06-02; Meta announced no deprecation, and the guide still has it.

        Source: guide, "Delete OBO Request".

        Args:
            obo_request_id: Id of an OBO request.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            GraphError: It failed in another way.
        """
        call = Call(
            "cancel_obo_request",
            "DELETE",
            f"/{segment(obo_request_id)}",
            OboCancellation.from_dict,
        )
        return await self._send(call, timeout)

    def list_ad_account_obo_requests(
        self,
        ad_account_id: str,
        *,
        status: OboStatus | None = None,
        fields: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        max_items: int | None = None,
        timeout: Timeout = None,
    ) -> AsyncItems[OboRequest, OboRequestList]:
        """List the OBO requests for an ad account

        Lists the requests to act on behalf of another business for an ad account, of one status or of all.

        Source: guide, "View the Status of OBO Requests for an Ad Account"; SDK.

        Args:
            ad_account_id: The digits of the ad account's id; `act_` stands before them in the path.
            status: Only requests of this status. The guide says that it must be `APPROVE`, `DECLINE` or
                `IN_PROGRESS`; Meta's SDKs know all those listed here, and leave it out for all.
            fields: Fields of the OBO request.
            limit: Entries on one page, at most. A number that is too high is no error: Graph gives fewer.
                **Assumption [A21]:** 25 unless told, and 100 at most, as on a sibling edge of Meta's
                WhatsApp API.
            after: The entries after this cursor, from `paging.cursors.after`.
            before: The entries before this cursor, from `paging.cursors.before`.
            max_items: Stop after so many entries, without fetching further pages.
            timeout: Seconds, or httpx's Timeout, for this call alone.

        Raises:
            GraphError: It failed in another way.
        """
        call = Call(
            "list_ad_account_obo_requests",
            "GET",
            f"/act_{segment(ad_account_id)}/onbehalf_requests",
            OboRequestList.from_dict,
            params={
                "status": status,
                "fields": fields,
                "limit": limit,
                "after": after,
                "before": before,
            },
        )
        return self._items(call, max_items, timeout)


class _AsyncRaw(AsyncRaw, AsyncB2BClient):
    """The client behind `with_raw_response`."""


class AsyncB2BClientWithRawResponse:
    """The methods of the client, which return whole answers as RawResponse; those of lists the first page."""

    def __init__(self, client: AsyncB2BClient) -> None:
        b2b = client._share(_AsyncRaw, client._options)
        self.get = raw(b2b.get)
        self.post = raw(b2b.post)
        self.delete = raw(b2b.delete)
        self.get_items = raw_page(b2b.get_items)
        self.get_token_info = raw(b2b.get_token_info)
        self.get_long_lived_token = raw(b2b.get_long_lived_token)
        self.list_permissions = raw_page(b2b.list_permissions)
        self.get_me = raw(b2b.get_me)
        self.list_businesses = raw_page(b2b.list_businesses)
        self.list_ad_accounts = raw_page(b2b.list_ad_accounts)
        self.list_pages = raw_page(b2b.list_pages)
        self.list_owned_ad_accounts = raw_page(b2b.list_owned_ad_accounts)
        self.list_owned_pages = raw_page(b2b.list_owned_pages)
        self.get_business = raw(b2b.get_business)
        self.get_page = raw(b2b.get_page)
        self.get_user = raw(b2b.get_user)
        self.get_ad_account = raw(b2b.get_ad_account)
        self.list_client_ad_accounts = raw_page(b2b.list_client_ad_accounts)
        self.list_client_pages = raw_page(b2b.list_client_pages)
        self.list_clients = raw_page(b2b.list_clients)
        self.request_ad_account_access = raw(b2b.request_ad_account_access)
        self.request_page_access = raw(b2b.request_page_access)
        self.list_pending_client_ad_accounts = raw_page(b2b.list_pending_client_ad_accounts)
        self.list_pending_client_pages = raw_page(b2b.list_pending_client_pages)
        self.list_pending_owned_ad_accounts = raw_page(b2b.list_pending_owned_ad_accounts)
        self.list_pending_owned_pages = raw_page(b2b.list_pending_owned_pages)
        self.list_assigned_pages = raw_page(b2b.list_assigned_pages)
        self.list_assigned_ad_accounts = raw_page(b2b.list_assigned_ad_accounts)
        self.list_system_users = raw_page(b2b.list_system_users)
        self.create_system_user = raw(b2b.create_system_user)
        self.list_business_users = raw_page(b2b.list_business_users)
        self.invite_business_user = raw(b2b.invite_business_user)
        self.list_business_users_of_user = raw_page(b2b.list_business_users_of_user)
        self.create_system_user_token = raw(b2b.create_system_user_token)
        self.list_page_users = raw_page(b2b.list_page_users)
        self.assign_page_user = raw(b2b.assign_page_user)
        self.remove_page_user = raw(b2b.remove_page_user)
        self.list_ad_account_users = raw_page(b2b.list_ad_account_users)
        self.assign_ad_account_user = raw(b2b.assign_ad_account_user)
        self.remove_ad_account_user = raw(b2b.remove_ad_account_user)
        self.create_managed_business = raw(b2b.create_managed_business)
        self.remove_managed_business = raw(b2b.remove_managed_business)
        self.create_access_token = raw(b2b.create_access_token)
        self.list_owned_businesses = raw_page(b2b.list_owned_businesses)
        self.remove_client = raw(b2b.remove_client)
        self.remove_client_ad_account = raw(b2b.remove_client_ad_account)
        self.remove_client_page = raw(b2b.remove_client_page)
        self.remove_agency = raw(b2b.remove_agency)
        self.remove_ad_account_agency = raw(b2b.remove_ad_account_agency)
        self.list_agencies = raw_page(b2b.list_agencies)
        self.list_ad_account_agencies = raw_page(b2b.list_ad_account_agencies)
        self.grant_page_access = raw(b2b.grant_page_access)
        self.grant_ad_account_access = raw(b2b.grant_ad_account_access)
        self.list_received_obo_requests = raw_page(b2b.list_received_obo_requests)
        self.list_sent_obo_requests = raw_page(b2b.list_sent_obo_requests)
        self.get_obo_request = raw(b2b.get_obo_request)
        self.cancel_obo_request = raw(b2b.cancel_obo_request)
        self.list_ad_account_obo_requests = raw_page(b2b.list_ad_account_obo_requests)
