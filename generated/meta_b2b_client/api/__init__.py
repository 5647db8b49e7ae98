"""The operations: as methods of `B2BClient` and `AsyncB2BClient`, and as functions, in a module each"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..client import (
    AsyncCalls,
    AsyncCountedItems,
    AsyncItems,
    Call,
    Calls,
    CountedItems,
    Items,
    given,
)

# For type checkers only. The methods import the models that they need: all of them take longer than the rest.
if TYPE_CHECKING:
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


class B2BClient(Calls):
    """Calls Meta's B2B and OBO endpoints: a method for each operation.

        with B2BClient(access_token) as b2b:
            for client in b2b.list_clients("3333333333"):
                print(client.name)

    Failures are raised as GraphError or one of its subclasses. A client can be used by several threads at once.
    """

    def get_token_info(
        self,
        *,
        input_token: str,
    ) -> TokenInfo:
        """Ask what a token is

        Tells whose an access token is, of which app, with which scopes, until when, and whether it is valid. Takes the
        token of the app (`id|secret`), or that of an admin of the business that owns the app. A token that is not valid
        is no error of this call: `is_valid` is false then, and `error` tells why.

        Source: reference, debug_token.

        Args:
            input_token: The token asked about.

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            GraphError: It failed in another way.
        """
        from ..models.token_info import TokenInfo
        from .access_tokens import get_token_info

        request = get_token_info._get_kwargs(
            input_token=input_token,
        )
        call = Call("get_token_info", request, TokenInfo.from_dict)
        return self._send(call)

    def get_long_lived_token(
        self,
        *,
        grant_type: GrantType,
        client_id: str,
        client_secret: str,
        fb_exchange_token: str,
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

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            GraphError: It failed in another way.
        """
        from ..models.long_lived_token import LongLivedToken
        from .access_tokens import get_long_lived_token

        request = get_long_lived_token._get_kwargs(
            grant_type=grant_type,
            client_id=client_id,
            client_secret=client_secret,
            fb_exchange_token=fb_exchange_token,
        )
        call = Call("get_long_lived_token", request, LongLivedToken.from_dict)
        return self._send(call)

    def list_permissions(
        self,
        user_id: str = "me",
        *,
        max_items: int | None = None,
    ) -> Items[Permission, PermissionList]:
        """List the permissions of the token

        Lists the permissions that the user of the token gave to its app.

        Source: reference, user/permissions.

        Args:
            user_id: Id of the user of the token, or `me`.
            max_items: Stop after so many entries, without fetching further pages.

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            NotFound: Unknown path, or `fields` that cannot be read (2500)
            GraphError: It failed in another way.
        """
        from ..models.permission_list import PermissionList
        from .access_tokens import list_permissions

        request = list_permissions._get_kwargs(
            user_id,
        )
        call = Call("list_permissions", request, PermissionList.from_dict)
        return Items(self, call, max_items)

    def get_me(
        self,
        *,
        fields: str | None = None,
    ) -> User:
        """Ask who you are

        Reads the user to whom the token belongs; with a Page access token, the Page. `me` stands for its id, here and in
        front of every edge.

        Source: reference, user; Meta's Business On Behalf Of guide, step 3.

        Args:
            fields: Fields of the user. Without it, id and name.

        Raises:
            AuthenticationFailed: No access token (104), Access token invalid, expired or of the wrong kind (190)
            NotFound: Unknown path, or `fields` that cannot be read (2500)
            GraphError: It failed in another way.
        """
        from ..models.user import User
        from .look_up import get_me

        request = get_me._get_kwargs(
            **given(
                fields=fields,
            )
        )
        call = Call("get_me", request, User.from_dict)
        return self._send(call)

    def list_businesses(
        self,
        user_id: str = "me",
        *,
        fields: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        max_items: int | None = None,
    ) -> Items[Business, BusinessList]:
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

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200), Blocked as abusive (368)
            GraphError: It failed in another way.
        """
        from ..models.business_list import BusinessList
        from .look_up import list_businesses

        request = list_businesses._get_kwargs(
            user_id,
            **given(
                fields=fields,
                limit=limit,
                after=after,
                before=before,
            ),
        )
        call = Call("list_businesses", request, BusinessList.from_dict)
        return Items(self, call, max_items)

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
    ) -> CountedItems[AdAccount, AdAccountList]:
        """List the ad accounts of a user

        Lists the ad accounts on which the user of the token may act: all that the user's business owns, and all to which it
        has access [A28].

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

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        from ..models.ad_account_list import AdAccountList
        from .look_up import list_ad_accounts

        request = list_ad_accounts._get_kwargs(
            user_id,
            **given(
                fields=fields,
                limit=limit,
                after=after,
                before=before,
                summary=summary,
            ),
        )
        call = Call("list_ad_accounts", request, AdAccountList.from_dict)
        return CountedItems(
            self, call, max_items, {"summary": "total_count", "limit": 1}
        )

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
    ) -> CountedItems[Page, PageList]:
        """List the Pages of a user, each with its access token

        Lists the Pages on which the user of the token may act, each with the **Page access token** that the `agencies` edge of
        the Page takes. These are all that the user's business owns, and all to which it has access [A28].

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

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            NotFound: Unknown path, or `fields` that cannot be read (2500)
            PermissionDenied: Permission error (200), Blocked as abusive (368)
            RateLimited: Limit of the Page use case reached (80001)
            GraphError: It failed in another way.
        """
        from ..models.page_list import PageList
        from .look_up import list_pages

        request = list_pages._get_kwargs(
            user_id,
            **given(
                fields=fields,
                limit=limit,
                after=after,
                before=before,
                summary=summary,
            ),
        )
        call = Call("list_pages", request, PageList.from_dict)
        return CountedItems(
            self, call, max_items, {"summary": "total_count", "limit": 1}
        )

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
    ) -> CountedItems[AdAccount, AdAccountList]:
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

        Raises:
            AuthenticationFailed: No access token (104), Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            NotFound: Unknown path, or `fields` that cannot be read (2500)
            PermissionDenied: Permission error (200), Blocked as abusive (368)
            RateLimited: Limit of the ad account use case reached (80004)
            GraphError: It failed in another way.
        """
        from ..models.ad_account_list import AdAccountList
        from .look_up import list_owned_ad_accounts

        request = list_owned_ad_accounts._get_kwargs(
            business_id,
            **given(
                search_query=search_query,
                fields=fields,
                limit=limit,
                after=after,
                before=before,
                summary=summary,
            ),
        )
        call = Call("list_owned_ad_accounts", request, AdAccountList.from_dict)
        return CountedItems(
            self, call, max_items, {"summary": "total_count", "limit": 1}
        )

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
    ) -> CountedItems[Page, PageList]:
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

        Raises:
            AuthenticationFailed: No access token (104), Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200), Blocked as abusive (368)
            GraphError: It failed in another way.
        """
        from ..models.page_list import PageList
        from .look_up import list_owned_pages

        request = list_owned_pages._get_kwargs(
            business_id,
            **given(
                fields=fields,
                limit=limit,
                after=after,
                before=before,
                summary=summary,
            ),
        )
        call = Call("list_owned_pages", request, PageList.from_dict)
        return CountedItems(
            self, call, max_items, {"summary": "total_count", "limit": 1}
        )

    def get_business(
        self,
        business_id: str,
        *,
        fields: str | None = None,
    ) -> Business:
        """Look at a business

        Reads one business: yours, or one with which it shares an access or a request [A27].

        Source: reference, business.

        Args:
            business_id: Id of a business.
            fields: Fields of the business. Without it, id and name.

        Raises:
            AuthenticationFailed: No access token (104), Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            NotFound: Unknown path, or `fields` that cannot be read (2500)
            PermissionDenied: Permission error (200), Blocked as abusive (368)
            RateLimited: Limit of the ad account use case reached (80004)
            GraphError: It failed in another way.
        """
        from ..models.business import Business
        from .look_up import get_business

        request = get_business._get_kwargs(
            business_id,
            **given(
                fields=fields,
            ),
        )
        call = Call("get_business", request, Business.from_dict)
        return self._send(call)

    def get_page(
        self,
        page_id: str,
        *,
        fields: str | None = None,
    ) -> Page:
        """Look at a Page

        Reads one Page. `access_token` is its Page access token, for a business that owns it or has access to it; all others
        read the rest [A27].

        Source: reference, page.

        Args:
            page_id: Id of a Page.
            fields: Fields of the Page. Without it, id and name, unless the operation shows more.

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200), Blocked as abusive (368)
            GraphError: It failed in another way.
        """
        from ..models.page import Page
        from .look_up import get_page

        request = get_page._get_kwargs(
            page_id,
            **given(
                fields=fields,
            ),
        )
        call = Call("get_page", request, Page.from_dict)
        return self._send(call)

    def get_user(
        self,
        user_id: str,
        *,
        fields: str | None = None,
    ) -> User:
        """Look at a user

        Reads the user of the token by its id, as `GET /me` does. A token sees no other user [A28].

        Source: reference, user.

        Args:
            user_id: Id of the user of the token.
            fields: Fields of the user. Without it, id and name.

        Raises:
            AuthenticationFailed: No access token (104), Access token invalid, expired or of the wrong kind (190)
            NotFound: Unknown path, or `fields` that cannot be read (2500)
            GraphError: It failed in another way.
        """
        from ..models.user import User
        from .look_up import get_user

        request = get_user._get_kwargs(
            user_id,
            **given(
                fields=fields,
            ),
        )
        call = Call("get_user", request, User.from_dict)
        return self._send(call)

    def get_ad_account(
        self,
        ad_account_id: str,
        *,
        fields: str | None = None,
    ) -> AdAccount:
        """Look at an ad account

        Reads one ad account. Its owner and the agencies with access to it see it [A6].

        Source: reference, ad-account.

        Args:
            ad_account_id: The digits of the ad account's id; `act_` stands before them in the path.
            fields: Fields of the ad account. Without it, id and account_id.

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            RateLimited: Limit of the ad account use case reached (80004)
            GraphError: It failed in another way.
        """
        from ..models.ad_account import AdAccount
        from .look_up import get_ad_account

        request = get_ad_account._get_kwargs(
            ad_account_id,
            **given(
                fields=fields,
            ),
        )
        call = Call("get_ad_account", request, AdAccount.from_dict)
        return self._send(call)

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
    ) -> CountedItems[AdAccount, AdAccountList]:
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

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        from ..models.ad_account_list import AdAccountList
        from .view_client_access import list_client_ad_accounts

        request = list_client_ad_accounts._get_kwargs(
            business_id,
            **given(
                search_query=search_query,
                fields=fields,
                limit=limit,
                after=after,
                before=before,
                summary=summary,
            ),
        )
        call = Call("list_client_ad_accounts", request, AdAccountList.from_dict)
        return CountedItems(
            self, call, max_items, {"summary": "total_count", "limit": 1}
        )

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
    ) -> CountedItems[Page, PageList]:
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

        Raises:
            AuthenticationFailed: No access token (104), Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200), Blocked as abusive (368)
            GraphError: It failed in another way.
        """
        from ..models.page_list import PageList
        from .view_client_access import list_client_pages

        request = list_client_pages._get_kwargs(
            business_id,
            **given(
                fields=fields,
                limit=limit,
                after=after,
                before=before,
                summary=summary,
            ),
        )
        call = Call("list_client_pages", request, PageList.from_dict)
        return CountedItems(
            self, call, max_items, {"summary": "total_count", "limit": 1}
        )

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
    ) -> CountedItems[Client, ClientList]:
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

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            GraphError: It failed in another way.
        """
        from ..models.client_list import ClientList
        from .view_client_access import list_clients

        request = list_clients._get_kwargs(
            business_id,
            **given(
                fields=fields,
                limit=limit,
                after=after,
                before=before,
                summary=summary,
            ),
        )
        call = Call("list_clients", request, ClientList.from_dict)
        return CountedItems(
            self, call, max_items, {"summary": "total_count", "limit": 1}
        )

    def request_ad_account_access(
        self,
        business_id: str,
        *,
        adaccount_id: str,
        permitted_tasks: list[AdAccountTask] | None = None,
    ) -> AccessRequestResult:
        """Ask for access to an ad account

        Asks the owner of an ad account to give your business access to it, with the tasks that you name. The
        owner's admins are notified. The request waits until they accept it, in the user interface or with
        `POST /act_{ad_account_id}/agencies`.

        - `permitted_tasks` is mandatory in the guide, and optional in the SDK.
        - Ask only businesses that already know yours. Too many reports as spam lock your business.
        - **Assumption [A18]:** the token belongs to an admin of the requesting business, as with `owned_ad_accounts`.
        - Left the SDK on 2021-06-10, two days after access was limited; the guide still has it. facebook-business 10.0.1 was
          the last release with it.

        The sibling call on `owned_ad_accounts` also documents 457, 2702, 3979, 3980 and 3994, without saying what they
        mean.

        Source: guide, "Request Access to Assets"; SDK until 2021-06-10.

        Args:
            business_id: Id of your business, the one for which the token acts.
            adaccount_id: The id of an ad account, `act_` and its digits.
            permitted_tasks: The tasks asked for. Without it `ANALYZE` alone [A36].

        Raises:
            InvalidParameter: Invalid parameter (100), Access was already asked for (3936), The business has access already (3944)
            PermissionDenied: Permission error (200), Blocked as abusive (368), The asset demands two-factor authentication (415)
            GraphError: It failed in another way.
        """
        from ..models.access_request_result import AccessRequestResult
        from ..models.ad_account_access_request import AdAccountAccessRequest
        from .request_access import request_ad_account_access

        request = request_ad_account_access._get_kwargs(
            business_id,
            body=AdAccountAccessRequest(
                adaccount_id=adaccount_id,
                **given(
                    permitted_tasks=permitted_tasks,
                ),
            ),
        )
        call = Call("request_ad_account_access", request, AccessRequestResult.from_dict)
        return self._send(call)

    def request_page_access(
        self,
        business_id: str,
        *,
        page_id: str,
        permitted_tasks: list[PageTask] | None = None,
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

        Raises:
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        from ..models.access_request_result import AccessRequestResult
        from ..models.page_access_request import PageAccessRequest
        from .request_access import request_page_access

        request = request_page_access._get_kwargs(
            business_id,
            body=PageAccessRequest(
                page_id=page_id,
                **given(
                    permitted_tasks=permitted_tasks,
                ),
            ),
        )
        call = Call("request_page_access", request, AccessRequestResult.from_dict)
        return self._send(call)

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
    ) -> CountedItems[AdAccountRequest, AdAccountRequestList]:
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

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Blocked as abusive (368)
            GraphError: It failed in another way.
        """
        from ..models.ad_account_request_list import AdAccountRequestList
        from .request_access import list_pending_client_ad_accounts

        request = list_pending_client_ad_accounts._get_kwargs(
            business_id,
            **given(
                fields=fields,
                limit=limit,
                after=after,
                before=before,
                summary=summary,
            ),
        )
        call = Call(
            "list_pending_client_ad_accounts", request, AdAccountRequestList.from_dict
        )
        return CountedItems(
            self, call, max_items, {"summary": "total_count", "limit": 1}
        )

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
    ) -> CountedItems[PageRequest, PageRequestList]:
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

        Raises:
            AuthenticationFailed: No access token (104), Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Blocked as abusive (368)
            GraphError: It failed in another way.
        """
        from ..models.page_request_list import PageRequestList
        from .request_access import list_pending_client_pages

        request = list_pending_client_pages._get_kwargs(
            business_id,
            **given(
                fields=fields,
                limit=limit,
                after=after,
                before=before,
                summary=summary,
            ),
        )
        call = Call("list_pending_client_pages", request, PageRequestList.from_dict)
        return CountedItems(
            self, call, max_items, {"summary": "total_count", "limit": 1}
        )

    def list_pending_owned_ad_accounts(
        self,
        business_id: str,
        *,
        fields: str | None = None,
        summary: SummaryWanted | None = None,
        max_items: int | None = None,
    ) -> CountedItems[AdAccountRequest, OwnedAdAccountRequestList]:
        """List the ad accounts that others ask you for

        Lists the ad accounts of your business for which others asked and still wait for your answer. All of them
        at once: the reference shows no `paging` here.

        Source: reference, business/pending_owned_ad_accounts.

        Args:
            business_id: Id of your business, the one for which the token acts.
            fields: Fields of each request.
            summary: Adds `summary.total_count` to the answer. Meta's Python SDK sends `true` on every edge.
            max_items: Stop after so many entries, without fetching further pages.

        Raises:
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Blocked as abusive (368)
            GraphError: It failed in another way.
        """
        from ..models.owned_ad_account_request_list import OwnedAdAccountRequestList
        from .request_access import list_pending_owned_ad_accounts

        request = list_pending_owned_ad_accounts._get_kwargs(
            business_id,
            **given(
                fields=fields,
                summary=summary,
            ),
        )
        call = Call(
            "list_pending_owned_ad_accounts",
            request,
            OwnedAdAccountRequestList.from_dict,
        )
        return CountedItems(self, call, max_items, {"summary": "total_count"})

    def list_pending_owned_pages(
        self,
        business_id: str,
        *,
        fields: str | None = None,
        summary: SummaryWanted | None = None,
        max_items: int | None = None,
    ) -> CountedItems[PageRequest, OwnedPageRequestList]:
        """List the Pages that others ask you for

        Lists the Pages of your business for which others asked and still wait for your answer. All of them at once:
        the reference shows no `paging` here.

        Source: reference, business/pending_owned_pages.

        Args:
            business_id: Id of your business, the one for which the token acts.
            fields: Fields of each request.
            summary: Adds `summary.total_count` to the answer. Meta's Python SDK sends `true` on every edge.
            max_items: Stop after so many entries, without fetching further pages.

        Raises:
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        from ..models.owned_page_request_list import OwnedPageRequestList
        from .request_access import list_pending_owned_pages

        request = list_pending_owned_pages._get_kwargs(
            business_id,
            **given(
                fields=fields,
                summary=summary,
            ),
        )
        call = Call("list_pending_owned_pages", request, OwnedPageRequestList.from_dict)
        return CountedItems(self, call, max_items, {"summary": "total_count"})

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
    ) -> CountedItems[Page, PageList]:
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

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        from ..models.page_list import PageList
        from .people import list_assigned_pages

        request = list_assigned_pages._get_kwargs(
            user_id,
            **given(
                fields=fields,
                limit=limit,
                after=after,
                before=before,
                summary=summary,
            ),
        )
        call = Call("list_assigned_pages", request, PageList.from_dict)
        return CountedItems(
            self, call, max_items, {"summary": "total_count", "limit": 1}
        )

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
    ) -> CountedItems[AdAccount, AdAccountList]:
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

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        from ..models.ad_account_list import AdAccountList
        from .people import list_assigned_ad_accounts

        request = list_assigned_ad_accounts._get_kwargs(
            user_id,
            **given(
                fields=fields,
                limit=limit,
                after=after,
                before=before,
                summary=summary,
            ),
        )
        call = Call("list_assigned_ad_accounts", request, AdAccountList.from_dict)
        return CountedItems(
            self, call, max_items, {"summary": "total_count", "limit": 1}
        )

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
    ) -> CountedItems[Staff, StaffList]:
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

        Raises:
            AuthenticationFailed: No access token (104)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        from ..models.staff_list import StaffList
        from .people import list_system_users

        request = list_system_users._get_kwargs(
            business_id,
            **given(
                fields=fields,
                limit=limit,
                after=after,
                before=before,
                summary=summary,
            ),
        )
        call = Call("list_system_users", request, StaffList.from_dict)
        return CountedItems(
            self, call, max_items, {"summary": "total_count", "limit": 1}
        )

    def create_system_user(
        self,
        business_id: str,
        *,
        name: str,
        role: StaffRole | None = None,
    ) -> NewId:
        """Make a system user

        Makes a system user of your business, who cannot be deleted. **Assumption [A55]:** it is an employee, unless
        `role` says `ADMIN`. The codes 3949 and 3965 are documented as well, without what they mean.

        Source: reference, business/system_users.

        Args:
            business_id: Id of your business, the one for which the token acts.
            name: A text for people, such as a name or a title.
            role: The role of a user in a business.

        Raises:
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        from ..models.new_id import NewId
        from ..models.new_system_user import NewSystemUser
        from .people import create_system_user

        request = create_system_user._get_kwargs(
            business_id,
            body=NewSystemUser(
                name=name,
                **given(
                    role=role,
                ),
            ),
        )
        call = Call("create_system_user", request, NewId.from_dict)
        return self._send(call)

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
    ) -> CountedItems[Staff, StaffList]:
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

        Raises:
            AuthenticationFailed: No access token (104), Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200), Blocked as abusive (368)
            GraphError: It failed in another way.
        """
        from ..models.staff_list import StaffList
        from .people import list_business_users

        request = list_business_users._get_kwargs(
            business_id,
            **given(
                fields=fields,
                limit=limit,
                after=after,
                before=before,
                summary=summary,
            ),
        )
        call = Call("list_business_users", request, StaffList.from_dict)
        return CountedItems(
            self, call, max_items, {"summary": "total_count", "limit": 1}
        )

    def invite_business_user(
        self,
        business_id: str,
        *,
        email: str,
        role: StaffRole | None = None,
    ) -> NewId:
        """Invite a person

        Invites a person to your business. **Assumption [A56]:** in the sandbox the invitation is accepted at once.

        Source: reference, business/business_users.

        Args:
            business_id: Id of your business, the one for which the token acts.
            email: Address of the person.
            role: The role of a user in a business.

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200), Blocked as abusive (368), The asset demands two-factor authentication (415)
            GraphError: It failed in another way.
        """
        from ..models.invitation import Invitation
        from ..models.new_id import NewId
        from .people import invite_business_user

        request = invite_business_user._get_kwargs(
            business_id,
            body=Invitation(
                email=email,
                **given(
                    role=role,
                ),
            ),
        )
        call = Call("invite_business_user", request, NewId.from_dict)
        return self._send(call)

    def list_business_users_of_user(
        self,
        user_id: str = "me",
        *,
        fields: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        max_items: int | None = None,
    ) -> Items[Staff, StaffList]:
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

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        from ..models.staff_list import StaffList
        from .people import list_business_users_of_user

        request = list_business_users_of_user._get_kwargs(
            user_id,
            **given(
                fields=fields,
                limit=limit,
                after=after,
                before=before,
            ),
        )
        call = Call("list_business_users_of_user", request, StaffList.from_dict)
        return Items(self, call, max_items)

    def create_system_user_token(
        self,
        business_id: str,
        *,
        system_user_id: str,
        scope: list[str] | str,
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

        Raises:
            AuthenticationFailed: The session of the token is invalid (452)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        from ..models.access_token_result import AccessTokenResult
        from ..models.system_user_token import SystemUserToken
        from .people import create_system_user_token

        request = create_system_user_token._get_kwargs(
            business_id,
            body=SystemUserToken(
                system_user_id=system_user_id,
                scope=scope,
            ),
        )
        call = Call("create_system_user_token", request, AccessTokenResult.from_dict)
        return self._send(call)

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
    ) -> CountedItems[AssignedUser, AssignedUserList]:
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

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200), Blocked as abusive (368)
            GraphError: It failed in another way.
        """
        from ..models.assigned_user_list import AssignedUserList
        from .people import list_page_users

        request = list_page_users._get_kwargs(
            page_id,
            business=business,
            **given(
                fields=fields,
                limit=limit,
                after=after,
                before=before,
                summary=summary,
            ),
        )
        call = Call("list_page_users", request, AssignedUserList.from_dict)
        return CountedItems(
            self, call, max_items, {"summary": "total_count", "limit": 1}
        )

    def assign_page_user(
        self,
        page_id: str,
        *,
        user: str,
        tasks: list[PageTask] | None = None,
        business: str | None = None,
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

        Raises:
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200), Blocked as abusive (368)
            GraphError: It failed in another way.
        """
        from ..models.page_assignment import PageAssignment
        from ..models.success import Success
        from .people import assign_page_user

        request = assign_page_user._get_kwargs(
            page_id,
            body=PageAssignment(
                user=user,
                **given(
                    tasks=tasks,
                    business=business,
                ),
            ),
        )
        call = Call("assign_page_user", request, Success.from_dict)
        return self._send(call)

    def remove_page_user(
        self,
        page_id: str,
        *,
        user: str,
    ) -> Success:
        """Take a Page from a user

        Takes all tasks on the Page away from a user or a system user. It needs the token of an admin of that user's
        business.

        Source: reference, page/assigned_users.

        Args:
            page_id: Id of a Page.
            user: Id of the user or the system user.

        Raises:
            InvalidParameter: Invalid parameter (100)
            GraphError: It failed in another way.
        """
        from ..models.success import Success
        from .people import remove_page_user

        request = remove_page_user._get_kwargs(
            page_id,
            user=user,
        )
        call = Call("remove_page_user", request, Success.from_dict)
        return self._send(call)

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
    ) -> CountedItems[AssignedUser, AssignedUserList]:
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

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200), Blocked as abusive (368)
            GraphError: It failed in another way.
        """
        from ..models.assigned_user_list import AssignedUserList
        from .people import list_ad_account_users

        request = list_ad_account_users._get_kwargs(
            ad_account_id,
            business=business,
            **given(
                fields=fields,
                limit=limit,
                after=after,
                before=before,
                summary=summary,
            ),
        )
        call = Call("list_ad_account_users", request, AssignedUserList.from_dict)
        return CountedItems(
            self, call, max_items, {"summary": "total_count", "limit": 1}
        )

    def assign_ad_account_user(
        self,
        ad_account_id: str,
        *,
        user: str,
        tasks: list[AdAccountTask] | None = None,
        business: str | None = None,
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

        Raises:
            InvalidParameter: Invalid parameter (100), The tasks on the ad account cannot be changed like this (2620)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        from ..models.ad_account_assignment import AdAccountAssignment
        from ..models.success import Success
        from .people import assign_ad_account_user

        request = assign_ad_account_user._get_kwargs(
            ad_account_id,
            body=AdAccountAssignment(
                user=user,
                **given(
                    tasks=tasks,
                    business=business,
                ),
            ),
        )
        call = Call("assign_ad_account_user", request, Success.from_dict)
        return self._send(call)

    def remove_ad_account_user(
        self,
        ad_account_id: str,
        *,
        user: str,
    ) -> Success:
        """Take an ad account from a user

        Takes all tasks on the ad account away from a user or a system user. It needs the token of an admin of that
        user's business.

        Source: reference, ad-account/assigned_users.

        Args:
            ad_account_id: The digits of the ad account's id; `act_` stands before them in the path.
            user: Id of the user or the system user.

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            TemporaryFailure: Unexpected technical issue (3919)
            GraphError: It failed in another way.
        """
        from ..models.success import Success
        from .people import remove_ad_account_user

        request = remove_ad_account_user._get_kwargs(
            ad_account_id,
            user=user,
        )
        call = Call("remove_ad_account_user", request, Success.from_dict)
        return self._send(call)

    def create_managed_business(
        self,
        business_id: str,
        *,
        existing_client_business_id: str,
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

        Raises:
            InvalidParameter: Invalid parameter (100), The business of a client could not be made (42004)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        from ..models.client_choice import ClientChoice
        from ..models.managed_business import ManagedBusiness
        from .act_for_a_client import create_managed_business

        request = create_managed_business._get_kwargs(
            business_id,
            body=ClientChoice(
                existing_client_business_id=existing_client_business_id,
            ),
        )
        call = Call("create_managed_business", request, ManagedBusiness.from_dict)
        return self._send(call)

    def remove_managed_business(
        self,
        business_id: str,
        *,
        existing_client_business_id: str,
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

        Raises:
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        from ..models.success import Success
        from .act_for_a_client import remove_managed_business

        request = remove_managed_business._get_kwargs(
            business_id,
            existing_client_business_id=existing_client_business_id,
        )
        call = Call("remove_managed_business", request, Success.from_dict)
        return self._send(call)

    def create_access_token(
        self,
        business_id: str,
        *,
        app_id: str,
        scope: list[str] | str,
        system_user_name: str | None = None,
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

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        from ..models.access_token_result import AccessTokenResult
        from ..models.token_request import TokenRequest
        from .act_for_a_client import create_access_token

        request = create_access_token._get_kwargs(
            business_id,
            body=TokenRequest(
                app_id=app_id,
                scope=scope,
                **given(
                    system_user_name=system_user_name,
                ),
            ),
        )
        call = Call("create_access_token", request, AccessTokenResult.from_dict)
        return self._send(call)

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
    ) -> CountedItems[Business, BusinessList]:
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

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        from ..models.business_list import BusinessList
        from .act_for_a_client import list_owned_businesses

        request = list_owned_businesses._get_kwargs(
            business_id,
            **given(
                fields=fields,
                limit=limit,
                after=after,
                before=before,
                summary=summary,
            ),
        )
        call = Call("list_owned_businesses", request, BusinessList.from_dict)
        return CountedItems(
            self, call, max_items, {"summary": "total_count", "limit": 1}
        )

    def remove_client(
        self,
        business_id: str,
        *,
        business: str,
    ) -> Success:
        """Give up all access to a client

        Your business gives up its access to all ad accounts and Pages of one client. To give up a single asset, the
        owner calls the asset's `agencies` edge, or your business `ad_accounts` or `pages`.

        Source: reference, business/clients. The guide does not mention it.

        Args:
            business_id: Id of your business, the one for which the token acts.
            business: Id of the client whose assets your business gives up.

        Raises:
            InvalidParameter: Invalid parameter (100)
            GraphError: It failed in another way.
        """
        from ..models.success import Success
        from .remove_access import remove_client

        request = remove_client._get_kwargs(
            business_id,
            business=business,
        )
        call = Call("remove_client", request, Success.from_dict)
        return self._send(call)

    def remove_client_ad_account(
        self,
        business_id: str,
        *,
        adaccount_id: str,
    ) -> Success:
        """Give up one ad account of a client

        Your business gives up its access to one ad account, or withdraws its request for it. To take access away from an
        agency, the owner calls the ad account's `agencies` edge.

        - **Assumption [A35]:** of an ad account that your business owns, this is refused with code 200; without access or
          request the answer is code 100 with subcode 33.

        Source: reference, business/ad_accounts; SDK (`delete_ad_accounts`).

        Args:
            business_id: Id of your business, the one for which the token acts.
            adaccount_id: Id of the ad account that your business gives up.

        Raises:
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Blocked as abusive (368)
            GraphError: It failed in another way.
        """
        from ..models.success import Success
        from .remove_access import remove_client_ad_account

        request = remove_client_ad_account._get_kwargs(
            business_id,
            adaccount_id=adaccount_id,
        )
        call = Call("remove_client_ad_account", request, Success.from_dict)
        return self._send(call)

    def remove_client_page(
        self,
        business_id: str,
        *,
        page_id: str,
    ) -> Success:
        """Give up one Page of a client

        Your business gives up its access to one Page, or withdraws its request for it. To take access away from an agency,
        the owner calls the Page's `agencies` edge.

        - Without access or request the answer is code 3996 (reference).
        - Of a Page that your business owns, this is refused with code 200 [A35].

        Source: reference, business/pages; SDK (`delete_pages`).

        Args:
            business_id: Id of your business, the one for which the token acts.
            page_id: Id of the Page that your business gives up.

        Raises:
            InvalidParameter: Invalid parameter (100)
            NotFound: The Page does not belong to this business (3996)
            PermissionDenied: Permission error (200), The asset demands two-factor authentication (415)
            GraphError: It failed in another way.
        """
        from ..models.success import Success
        from .remove_access import remove_client_page

        request = remove_client_page._get_kwargs(
            business_id,
            page_id=page_id,
        )
        call = Call("remove_client_page", request, Success.from_dict)
        return self._send(call)

    def remove_agency(
        self,
        page_or_business_id: str,
        *,
        business: str,
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

        Raises:
            InvalidParameter: Invalid parameter (100)
            GraphError: It failed in another way.
        """
        from ..models.success import Success
        from .remove_access import remove_agency

        request = remove_agency._get_kwargs(
            page_or_business_id,
            business=business,
        )
        call = Call("remove_agency", request, Success.from_dict)
        return self._send(call)

    def remove_ad_account_agency(
        self,
        ad_account_id: str,
        *,
        business: str,
    ) -> Success:
        """Take a business's access to your ad account away

        Takes an agency's access to one ad account away. The guide sends `business` as a form field; it is accepted
        like the query parameter.

        Source: guide, "Remove Access to Assets"; reference, ad-account/agencies.

        Args:
            ad_account_id: The digits of the ad account's id; `act_` stands before them in the path.
            business: Id of the agency whose access ends.

        Raises:
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        from ..models.success import Success
        from .remove_access import remove_ad_account_agency

        request = remove_ad_account_agency._get_kwargs(
            ad_account_id,
            business=business,
        )
        call = Call("remove_ad_account_agency", request, Success.from_dict)
        return self._send(call)

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
    ) -> CountedItems[Agency, AgencyList]:
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

        Raises:
            AuthenticationFailed: No access token (104), Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            RateLimited: Limit of the Page use case reached (80001)
            GraphError: It failed in another way.
        """
        from ..models.agency_list import AgencyList
        from .view_agency_access import list_agencies

        request = list_agencies._get_kwargs(
            page_or_business_id,
            **given(
                fields=fields,
                limit=limit,
                after=after,
                before=before,
                summary=summary,
            ),
        )
        call = Call("list_agencies", request, AgencyList.from_dict)
        return CountedItems(
            self, call, max_items, {"summary": "total_count", "limit": 1}
        )

    def list_ad_account_agencies(
        self,
        ad_account_id: str,
        *,
        fields: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        max_items: int | None = None,
    ) -> Items[AssetAgency, AssetAgencyList]:
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

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            RateLimited: Limit of the ad account use case reached (80004)
            GraphError: It failed in another way.
        """
        from ..models.asset_agency_list import AssetAgencyList
        from .view_agency_access import list_ad_account_agencies

        request = list_ad_account_agencies._get_kwargs(
            ad_account_id,
            **given(
                fields=fields,
                limit=limit,
                after=after,
                before=before,
            ),
        )
        call = Call("list_ad_account_agencies", request, AssetAgencyList.from_dict)
        return Items(self, call, max_items)

    def grant_page_access(
        self,
        page_or_business_id: str,
        *,
        business: str,
        permitted_tasks: list[PageTask] | None = None,
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

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100), The asset belongs to this business (3946), Access was already granted (3989)
            PermissionDenied: Permission error (200), Blocked as abusive (368)
            RateLimited: Limit of the Page use case reached (80001)
            GraphError: It failed in another way.
        """
        from ..models.grant_result import GrantResult
        from ..models.page_grant import PageGrant
        from .grant_access import grant_page_access

        request = grant_page_access._get_kwargs(
            page_or_business_id,
            body=PageGrant(
                business=business,
                **given(
                    permitted_tasks=permitted_tasks,
                ),
            ),
        )
        call = Call("grant_page_access", request, GrantResult.from_dict)
        return self._send(call)

    def grant_ad_account_access(
        self,
        ad_account_id: str,
        *,
        business: str,
        permitted_tasks: list[AdAccountTask] | None = None,
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
        - Left the SDK on 2021-06-10 and came back on 2024-01-23: facebook-business has it up to 10.0.1 and since 19.0.0.
          `AA_ANALYZE` came with it.

        Source: guide, "Grant Access to Assets for Another Business Manager"; SDK.

        Args:
            ad_account_id: The digits of the ad account's id; `act_` stands before them in the path.
            business: An id, as a string of digits; numbers of this size lose digits in JSON.
            permitted_tasks: The tasks granted. Without it `ANALYZE` alone [A36].

        Raises:
            InvalidParameter: Access was already granted (3989)
            GraphError: It failed in another way.
        """
        from ..models.ad_account_grant import AdAccountGrant
        from ..models.grant_result import GrantResult
        from .grant_access import grant_ad_account_access

        request = grant_ad_account_access._get_kwargs(
            ad_account_id,
            body=AdAccountGrant(
                business=business,
                **given(
                    permitted_tasks=permitted_tasks,
                ),
            ),
        )
        call = Call("grant_ad_account_access", request, GrantResult.from_dict)
        return self._send(call)

    def list_received_obo_requests(
        self,
        business_id: str,
        *,
        fields: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        max_items: int | None = None,
    ) -> Items[OboRequest, OboRequestList]:
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

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            GraphError: It failed in another way.
        """
        from ..models.obo_request_list import OboRequestList
        from .on_behalf_of_requests import list_received_obo_requests

        request = list_received_obo_requests._get_kwargs(
            business_id,
            **given(
                fields=fields,
                limit=limit,
                after=after,
                before=before,
            ),
        )
        call = Call("list_received_obo_requests", request, OboRequestList.from_dict)
        return Items(self, call, max_items)

    def list_sent_obo_requests(
        self,
        business_id: str,
        *,
        fields: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        max_items: int | None = None,
    ) -> Items[OboRequest, OboRequestList]:
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

        Raises:
            InvalidParameter: Invalid parameter (100)
            GraphError: It failed in another way.
        """
        from ..models.obo_request_list import OboRequestList
        from .on_behalf_of_requests import list_sent_obo_requests

        request = list_sent_obo_requests._get_kwargs(
            business_id,
            **given(
                fields=fields,
                limit=limit,
                after=after,
                before=before,
            ),
        )
        call = Call("list_sent_obo_requests", request, OboRequestList.from_dict)
        return Items(self, call, max_items)

    def get_obo_request(
        self,
        obo_request_id: str,
        *,
        fields: str | None = None,
    ) -> OboRequest:
        """Look at an OBO request

        Reads one OBO request. (A newer copy of the guide wraps the answer in `data`; a node read on Graph is bare.)

        Source: guide, "View OBO Request Details".

        Args:
            obo_request_id: Id of an OBO request.
            fields: Fields of the OBO request.

        Raises:
            GraphError: It failed in another way.
        """
        from ..models.obo_request import OboRequest
        from .on_behalf_of_requests import get_obo_request

        request = get_obo_request._get_kwargs(
            obo_request_id,
            **given(
                fields=fields,
            ),
        )
        call = Call("get_obo_request", request, OboRequest.from_dict)
        return self._send(call)

    def cancel_obo_request(
        self,
        obo_request_id: str,
    ) -> OboCancellation:
        """Cancel an OBO request

        Cancels an OBO request that is still `IN_PROGRESS`. **Assumption [A19]:** either party may, and its status is
        `CANCELED` then; no source says who, or what becomes of it.

        The guide shows `"success": "true"`, a string; Meta's reference has a boolean everywhere. Expect both. The SDK
        dropped this call on 2020-06-02; Meta announced no deprecation, and the guide still has it.

        Source: guide, "Delete OBO Request".

        Args:
            obo_request_id: Id of an OBO request.

        Raises:
            GraphError: It failed in another way.
        """
        from ..models.obo_cancellation import OboCancellation
        from .on_behalf_of_requests import cancel_obo_request

        request = cancel_obo_request._get_kwargs(
            obo_request_id,
        )
        call = Call("cancel_obo_request", request, OboCancellation.from_dict)
        return self._send(call)

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
    ) -> Items[OboRequest, OboRequestList]:
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

        Raises:
            GraphError: It failed in another way.
        """
        from ..models.obo_request_list import OboRequestList
        from .on_behalf_of_requests import list_ad_account_obo_requests

        request = list_ad_account_obo_requests._get_kwargs(
            ad_account_id,
            **given(
                status=status,
                fields=fields,
                limit=limit,
                after=after,
                before=before,
            ),
        )
        call = Call("list_ad_account_obo_requests", request, OboRequestList.from_dict)
        return Items(self, call, max_items)


class AsyncB2BClient(AsyncCalls):
    """Calls Meta's B2B and OBO endpoints, with asyncio: a method for each operation.

        async with AsyncB2BClient(access_token) as b2b:
            async for client in b2b.list_clients("3333333333"):
                print(client.name)

    Failures are raised as GraphError or one of its subclasses. A client can be used by several tasks at once.
    """

    async def get_token_info(
        self,
        *,
        input_token: str,
    ) -> TokenInfo:
        """Ask what a token is

        Tells whose an access token is, of which app, with which scopes, until when, and whether it is valid. Takes the
        token of the app (`id|secret`), or that of an admin of the business that owns the app. A token that is not valid
        is no error of this call: `is_valid` is false then, and `error` tells why.

        Source: reference, debug_token.

        Args:
            input_token: The token asked about.

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            GraphError: It failed in another way.
        """
        from ..models.token_info import TokenInfo
        from .access_tokens import get_token_info

        request = get_token_info._get_kwargs(
            input_token=input_token,
        )
        call = Call("get_token_info", request, TokenInfo.from_dict)
        return await self._send(call)

    async def get_long_lived_token(
        self,
        *,
        grant_type: GrantType,
        client_id: str,
        client_secret: str,
        fb_exchange_token: str,
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

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            GraphError: It failed in another way.
        """
        from ..models.long_lived_token import LongLivedToken
        from .access_tokens import get_long_lived_token

        request = get_long_lived_token._get_kwargs(
            grant_type=grant_type,
            client_id=client_id,
            client_secret=client_secret,
            fb_exchange_token=fb_exchange_token,
        )
        call = Call("get_long_lived_token", request, LongLivedToken.from_dict)
        return await self._send(call)

    def list_permissions(
        self,
        user_id: str = "me",
        *,
        max_items: int | None = None,
    ) -> AsyncItems[Permission, PermissionList]:
        """List the permissions of the token

        Lists the permissions that the user of the token gave to its app.

        Source: reference, user/permissions.

        Args:
            user_id: Id of the user of the token, or `me`.
            max_items: Stop after so many entries, without fetching further pages.

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            NotFound: Unknown path, or `fields` that cannot be read (2500)
            GraphError: It failed in another way.
        """
        from ..models.permission_list import PermissionList
        from .access_tokens import list_permissions

        request = list_permissions._get_kwargs(
            user_id,
        )
        call = Call("list_permissions", request, PermissionList.from_dict)
        return AsyncItems(self, call, max_items)

    async def get_me(
        self,
        *,
        fields: str | None = None,
    ) -> User:
        """Ask who you are

        Reads the user to whom the token belongs; with a Page access token, the Page. `me` stands for its id, here and in
        front of every edge.

        Source: reference, user; Meta's Business On Behalf Of guide, step 3.

        Args:
            fields: Fields of the user. Without it, id and name.

        Raises:
            AuthenticationFailed: No access token (104), Access token invalid, expired or of the wrong kind (190)
            NotFound: Unknown path, or `fields` that cannot be read (2500)
            GraphError: It failed in another way.
        """
        from ..models.user import User
        from .look_up import get_me

        request = get_me._get_kwargs(
            **given(
                fields=fields,
            )
        )
        call = Call("get_me", request, User.from_dict)
        return await self._send(call)

    def list_businesses(
        self,
        user_id: str = "me",
        *,
        fields: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        max_items: int | None = None,
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

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200), Blocked as abusive (368)
            GraphError: It failed in another way.
        """
        from ..models.business_list import BusinessList
        from .look_up import list_businesses

        request = list_businesses._get_kwargs(
            user_id,
            **given(
                fields=fields,
                limit=limit,
                after=after,
                before=before,
            ),
        )
        call = Call("list_businesses", request, BusinessList.from_dict)
        return AsyncItems(self, call, max_items)

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
    ) -> AsyncCountedItems[AdAccount, AdAccountList]:
        """List the ad accounts of a user

        Lists the ad accounts on which the user of the token may act: all that the user's business owns, and all to which it
        has access [A28].

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

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        from ..models.ad_account_list import AdAccountList
        from .look_up import list_ad_accounts

        request = list_ad_accounts._get_kwargs(
            user_id,
            **given(
                fields=fields,
                limit=limit,
                after=after,
                before=before,
                summary=summary,
            ),
        )
        call = Call("list_ad_accounts", request, AdAccountList.from_dict)
        return AsyncCountedItems(
            self, call, max_items, {"summary": "total_count", "limit": 1}
        )

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
    ) -> AsyncCountedItems[Page, PageList]:
        """List the Pages of a user, each with its access token

        Lists the Pages on which the user of the token may act, each with the **Page access token** that the `agencies` edge of
        the Page takes. These are all that the user's business owns, and all to which it has access [A28].

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

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            NotFound: Unknown path, or `fields` that cannot be read (2500)
            PermissionDenied: Permission error (200), Blocked as abusive (368)
            RateLimited: Limit of the Page use case reached (80001)
            GraphError: It failed in another way.
        """
        from ..models.page_list import PageList
        from .look_up import list_pages

        request = list_pages._get_kwargs(
            user_id,
            **given(
                fields=fields,
                limit=limit,
                after=after,
                before=before,
                summary=summary,
            ),
        )
        call = Call("list_pages", request, PageList.from_dict)
        return AsyncCountedItems(
            self, call, max_items, {"summary": "total_count", "limit": 1}
        )

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

        Raises:
            AuthenticationFailed: No access token (104), Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            NotFound: Unknown path, or `fields` that cannot be read (2500)
            PermissionDenied: Permission error (200), Blocked as abusive (368)
            RateLimited: Limit of the ad account use case reached (80004)
            GraphError: It failed in another way.
        """
        from ..models.ad_account_list import AdAccountList
        from .look_up import list_owned_ad_accounts

        request = list_owned_ad_accounts._get_kwargs(
            business_id,
            **given(
                search_query=search_query,
                fields=fields,
                limit=limit,
                after=after,
                before=before,
                summary=summary,
            ),
        )
        call = Call("list_owned_ad_accounts", request, AdAccountList.from_dict)
        return AsyncCountedItems(
            self, call, max_items, {"summary": "total_count", "limit": 1}
        )

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

        Raises:
            AuthenticationFailed: No access token (104), Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200), Blocked as abusive (368)
            GraphError: It failed in another way.
        """
        from ..models.page_list import PageList
        from .look_up import list_owned_pages

        request = list_owned_pages._get_kwargs(
            business_id,
            **given(
                fields=fields,
                limit=limit,
                after=after,
                before=before,
                summary=summary,
            ),
        )
        call = Call("list_owned_pages", request, PageList.from_dict)
        return AsyncCountedItems(
            self, call, max_items, {"summary": "total_count", "limit": 1}
        )

    async def get_business(
        self,
        business_id: str,
        *,
        fields: str | None = None,
    ) -> Business:
        """Look at a business

        Reads one business: yours, or one with which it shares an access or a request [A27].

        Source: reference, business.

        Args:
            business_id: Id of a business.
            fields: Fields of the business. Without it, id and name.

        Raises:
            AuthenticationFailed: No access token (104), Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            NotFound: Unknown path, or `fields` that cannot be read (2500)
            PermissionDenied: Permission error (200), Blocked as abusive (368)
            RateLimited: Limit of the ad account use case reached (80004)
            GraphError: It failed in another way.
        """
        from ..models.business import Business
        from .look_up import get_business

        request = get_business._get_kwargs(
            business_id,
            **given(
                fields=fields,
            ),
        )
        call = Call("get_business", request, Business.from_dict)
        return await self._send(call)

    async def get_page(
        self,
        page_id: str,
        *,
        fields: str | None = None,
    ) -> Page:
        """Look at a Page

        Reads one Page. `access_token` is its Page access token, for a business that owns it or has access to it; all others
        read the rest [A27].

        Source: reference, page.

        Args:
            page_id: Id of a Page.
            fields: Fields of the Page. Without it, id and name, unless the operation shows more.

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200), Blocked as abusive (368)
            GraphError: It failed in another way.
        """
        from ..models.page import Page
        from .look_up import get_page

        request = get_page._get_kwargs(
            page_id,
            **given(
                fields=fields,
            ),
        )
        call = Call("get_page", request, Page.from_dict)
        return await self._send(call)

    async def get_user(
        self,
        user_id: str,
        *,
        fields: str | None = None,
    ) -> User:
        """Look at a user

        Reads the user of the token by its id, as `GET /me` does. A token sees no other user [A28].

        Source: reference, user.

        Args:
            user_id: Id of the user of the token.
            fields: Fields of the user. Without it, id and name.

        Raises:
            AuthenticationFailed: No access token (104), Access token invalid, expired or of the wrong kind (190)
            NotFound: Unknown path, or `fields` that cannot be read (2500)
            GraphError: It failed in another way.
        """
        from ..models.user import User
        from .look_up import get_user

        request = get_user._get_kwargs(
            user_id,
            **given(
                fields=fields,
            ),
        )
        call = Call("get_user", request, User.from_dict)
        return await self._send(call)

    async def get_ad_account(
        self,
        ad_account_id: str,
        *,
        fields: str | None = None,
    ) -> AdAccount:
        """Look at an ad account

        Reads one ad account. Its owner and the agencies with access to it see it [A6].

        Source: reference, ad-account.

        Args:
            ad_account_id: The digits of the ad account's id; `act_` stands before them in the path.
            fields: Fields of the ad account. Without it, id and account_id.

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            RateLimited: Limit of the ad account use case reached (80004)
            GraphError: It failed in another way.
        """
        from ..models.ad_account import AdAccount
        from .look_up import get_ad_account

        request = get_ad_account._get_kwargs(
            ad_account_id,
            **given(
                fields=fields,
            ),
        )
        call = Call("get_ad_account", request, AdAccount.from_dict)
        return await self._send(call)

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

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        from ..models.ad_account_list import AdAccountList
        from .view_client_access import list_client_ad_accounts

        request = list_client_ad_accounts._get_kwargs(
            business_id,
            **given(
                search_query=search_query,
                fields=fields,
                limit=limit,
                after=after,
                before=before,
                summary=summary,
            ),
        )
        call = Call("list_client_ad_accounts", request, AdAccountList.from_dict)
        return AsyncCountedItems(
            self, call, max_items, {"summary": "total_count", "limit": 1}
        )

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

        Raises:
            AuthenticationFailed: No access token (104), Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200), Blocked as abusive (368)
            GraphError: It failed in another way.
        """
        from ..models.page_list import PageList
        from .view_client_access import list_client_pages

        request = list_client_pages._get_kwargs(
            business_id,
            **given(
                fields=fields,
                limit=limit,
                after=after,
                before=before,
                summary=summary,
            ),
        )
        call = Call("list_client_pages", request, PageList.from_dict)
        return AsyncCountedItems(
            self, call, max_items, {"summary": "total_count", "limit": 1}
        )

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

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            GraphError: It failed in another way.
        """
        from ..models.client_list import ClientList
        from .view_client_access import list_clients

        request = list_clients._get_kwargs(
            business_id,
            **given(
                fields=fields,
                limit=limit,
                after=after,
                before=before,
                summary=summary,
            ),
        )
        call = Call("list_clients", request, ClientList.from_dict)
        return AsyncCountedItems(
            self, call, max_items, {"summary": "total_count", "limit": 1}
        )

    async def request_ad_account_access(
        self,
        business_id: str,
        *,
        adaccount_id: str,
        permitted_tasks: list[AdAccountTask] | None = None,
    ) -> AccessRequestResult:
        """Ask for access to an ad account

        Asks the owner of an ad account to give your business access to it, with the tasks that you name. The
        owner's admins are notified. The request waits until they accept it, in the user interface or with
        `POST /act_{ad_account_id}/agencies`.

        - `permitted_tasks` is mandatory in the guide, and optional in the SDK.
        - Ask only businesses that already know yours. Too many reports as spam lock your business.
        - **Assumption [A18]:** the token belongs to an admin of the requesting business, as with `owned_ad_accounts`.
        - Left the SDK on 2021-06-10, two days after access was limited; the guide still has it. facebook-business 10.0.1 was
          the last release with it.

        The sibling call on `owned_ad_accounts` also documents 457, 2702, 3979, 3980 and 3994, without saying what they
        mean.

        Source: guide, "Request Access to Assets"; SDK until 2021-06-10.

        Args:
            business_id: Id of your business, the one for which the token acts.
            adaccount_id: The id of an ad account, `act_` and its digits.
            permitted_tasks: The tasks asked for. Without it `ANALYZE` alone [A36].

        Raises:
            InvalidParameter: Invalid parameter (100), Access was already asked for (3936), The business has access already (3944)
            PermissionDenied: Permission error (200), Blocked as abusive (368), The asset demands two-factor authentication (415)
            GraphError: It failed in another way.
        """
        from ..models.access_request_result import AccessRequestResult
        from ..models.ad_account_access_request import AdAccountAccessRequest
        from .request_access import request_ad_account_access

        request = request_ad_account_access._get_kwargs(
            business_id,
            body=AdAccountAccessRequest(
                adaccount_id=adaccount_id,
                **given(
                    permitted_tasks=permitted_tasks,
                ),
            ),
        )
        call = Call("request_ad_account_access", request, AccessRequestResult.from_dict)
        return await self._send(call)

    async def request_page_access(
        self,
        business_id: str,
        *,
        page_id: str,
        permitted_tasks: list[PageTask] | None = None,
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

        Raises:
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        from ..models.access_request_result import AccessRequestResult
        from ..models.page_access_request import PageAccessRequest
        from .request_access import request_page_access

        request = request_page_access._get_kwargs(
            business_id,
            body=PageAccessRequest(
                page_id=page_id,
                **given(
                    permitted_tasks=permitted_tasks,
                ),
            ),
        )
        call = Call("request_page_access", request, AccessRequestResult.from_dict)
        return await self._send(call)

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

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Blocked as abusive (368)
            GraphError: It failed in another way.
        """
        from ..models.ad_account_request_list import AdAccountRequestList
        from .request_access import list_pending_client_ad_accounts

        request = list_pending_client_ad_accounts._get_kwargs(
            business_id,
            **given(
                fields=fields,
                limit=limit,
                after=after,
                before=before,
                summary=summary,
            ),
        )
        call = Call(
            "list_pending_client_ad_accounts", request, AdAccountRequestList.from_dict
        )
        return AsyncCountedItems(
            self, call, max_items, {"summary": "total_count", "limit": 1}
        )

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

        Raises:
            AuthenticationFailed: No access token (104), Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Blocked as abusive (368)
            GraphError: It failed in another way.
        """
        from ..models.page_request_list import PageRequestList
        from .request_access import list_pending_client_pages

        request = list_pending_client_pages._get_kwargs(
            business_id,
            **given(
                fields=fields,
                limit=limit,
                after=after,
                before=before,
                summary=summary,
            ),
        )
        call = Call("list_pending_client_pages", request, PageRequestList.from_dict)
        return AsyncCountedItems(
            self, call, max_items, {"summary": "total_count", "limit": 1}
        )

    def list_pending_owned_ad_accounts(
        self,
        business_id: str,
        *,
        fields: str | None = None,
        summary: SummaryWanted | None = None,
        max_items: int | None = None,
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

        Raises:
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Blocked as abusive (368)
            GraphError: It failed in another way.
        """
        from ..models.owned_ad_account_request_list import OwnedAdAccountRequestList
        from .request_access import list_pending_owned_ad_accounts

        request = list_pending_owned_ad_accounts._get_kwargs(
            business_id,
            **given(
                fields=fields,
                summary=summary,
            ),
        )
        call = Call(
            "list_pending_owned_ad_accounts",
            request,
            OwnedAdAccountRequestList.from_dict,
        )
        return AsyncCountedItems(self, call, max_items, {"summary": "total_count"})

    def list_pending_owned_pages(
        self,
        business_id: str,
        *,
        fields: str | None = None,
        summary: SummaryWanted | None = None,
        max_items: int | None = None,
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

        Raises:
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        from ..models.owned_page_request_list import OwnedPageRequestList
        from .request_access import list_pending_owned_pages

        request = list_pending_owned_pages._get_kwargs(
            business_id,
            **given(
                fields=fields,
                summary=summary,
            ),
        )
        call = Call("list_pending_owned_pages", request, OwnedPageRequestList.from_dict)
        return AsyncCountedItems(self, call, max_items, {"summary": "total_count"})

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

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        from ..models.page_list import PageList
        from .people import list_assigned_pages

        request = list_assigned_pages._get_kwargs(
            user_id,
            **given(
                fields=fields,
                limit=limit,
                after=after,
                before=before,
                summary=summary,
            ),
        )
        call = Call("list_assigned_pages", request, PageList.from_dict)
        return AsyncCountedItems(
            self, call, max_items, {"summary": "total_count", "limit": 1}
        )

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

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        from ..models.ad_account_list import AdAccountList
        from .people import list_assigned_ad_accounts

        request = list_assigned_ad_accounts._get_kwargs(
            user_id,
            **given(
                fields=fields,
                limit=limit,
                after=after,
                before=before,
                summary=summary,
            ),
        )
        call = Call("list_assigned_ad_accounts", request, AdAccountList.from_dict)
        return AsyncCountedItems(
            self, call, max_items, {"summary": "total_count", "limit": 1}
        )

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

        Raises:
            AuthenticationFailed: No access token (104)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        from ..models.staff_list import StaffList
        from .people import list_system_users

        request = list_system_users._get_kwargs(
            business_id,
            **given(
                fields=fields,
                limit=limit,
                after=after,
                before=before,
                summary=summary,
            ),
        )
        call = Call("list_system_users", request, StaffList.from_dict)
        return AsyncCountedItems(
            self, call, max_items, {"summary": "total_count", "limit": 1}
        )

    async def create_system_user(
        self,
        business_id: str,
        *,
        name: str,
        role: StaffRole | None = None,
    ) -> NewId:
        """Make a system user

        Makes a system user of your business, who cannot be deleted. **Assumption [A55]:** it is an employee, unless
        `role` says `ADMIN`. The codes 3949 and 3965 are documented as well, without what they mean.

        Source: reference, business/system_users.

        Args:
            business_id: Id of your business, the one for which the token acts.
            name: A text for people, such as a name or a title.
            role: The role of a user in a business.

        Raises:
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        from ..models.new_id import NewId
        from ..models.new_system_user import NewSystemUser
        from .people import create_system_user

        request = create_system_user._get_kwargs(
            business_id,
            body=NewSystemUser(
                name=name,
                **given(
                    role=role,
                ),
            ),
        )
        call = Call("create_system_user", request, NewId.from_dict)
        return await self._send(call)

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

        Raises:
            AuthenticationFailed: No access token (104), Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200), Blocked as abusive (368)
            GraphError: It failed in another way.
        """
        from ..models.staff_list import StaffList
        from .people import list_business_users

        request = list_business_users._get_kwargs(
            business_id,
            **given(
                fields=fields,
                limit=limit,
                after=after,
                before=before,
                summary=summary,
            ),
        )
        call = Call("list_business_users", request, StaffList.from_dict)
        return AsyncCountedItems(
            self, call, max_items, {"summary": "total_count", "limit": 1}
        )

    async def invite_business_user(
        self,
        business_id: str,
        *,
        email: str,
        role: StaffRole | None = None,
    ) -> NewId:
        """Invite a person

        Invites a person to your business. **Assumption [A56]:** in the sandbox the invitation is accepted at once.

        Source: reference, business/business_users.

        Args:
            business_id: Id of your business, the one for which the token acts.
            email: Address of the person.
            role: The role of a user in a business.

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200), Blocked as abusive (368), The asset demands two-factor authentication (415)
            GraphError: It failed in another way.
        """
        from ..models.invitation import Invitation
        from ..models.new_id import NewId
        from .people import invite_business_user

        request = invite_business_user._get_kwargs(
            business_id,
            body=Invitation(
                email=email,
                **given(
                    role=role,
                ),
            ),
        )
        call = Call("invite_business_user", request, NewId.from_dict)
        return await self._send(call)

    def list_business_users_of_user(
        self,
        user_id: str = "me",
        *,
        fields: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        max_items: int | None = None,
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

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        from ..models.staff_list import StaffList
        from .people import list_business_users_of_user

        request = list_business_users_of_user._get_kwargs(
            user_id,
            **given(
                fields=fields,
                limit=limit,
                after=after,
                before=before,
            ),
        )
        call = Call("list_business_users_of_user", request, StaffList.from_dict)
        return AsyncItems(self, call, max_items)

    async def create_system_user_token(
        self,
        business_id: str,
        *,
        system_user_id: str,
        scope: list[str] | str,
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

        Raises:
            AuthenticationFailed: The session of the token is invalid (452)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        from ..models.access_token_result import AccessTokenResult
        from ..models.system_user_token import SystemUserToken
        from .people import create_system_user_token

        request = create_system_user_token._get_kwargs(
            business_id,
            body=SystemUserToken(
                system_user_id=system_user_id,
                scope=scope,
            ),
        )
        call = Call("create_system_user_token", request, AccessTokenResult.from_dict)
        return await self._send(call)

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

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200), Blocked as abusive (368)
            GraphError: It failed in another way.
        """
        from ..models.assigned_user_list import AssignedUserList
        from .people import list_page_users

        request = list_page_users._get_kwargs(
            page_id,
            business=business,
            **given(
                fields=fields,
                limit=limit,
                after=after,
                before=before,
                summary=summary,
            ),
        )
        call = Call("list_page_users", request, AssignedUserList.from_dict)
        return AsyncCountedItems(
            self, call, max_items, {"summary": "total_count", "limit": 1}
        )

    async def assign_page_user(
        self,
        page_id: str,
        *,
        user: str,
        tasks: list[PageTask] | None = None,
        business: str | None = None,
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

        Raises:
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200), Blocked as abusive (368)
            GraphError: It failed in another way.
        """
        from ..models.page_assignment import PageAssignment
        from ..models.success import Success
        from .people import assign_page_user

        request = assign_page_user._get_kwargs(
            page_id,
            body=PageAssignment(
                user=user,
                **given(
                    tasks=tasks,
                    business=business,
                ),
            ),
        )
        call = Call("assign_page_user", request, Success.from_dict)
        return await self._send(call)

    async def remove_page_user(
        self,
        page_id: str,
        *,
        user: str,
    ) -> Success:
        """Take a Page from a user

        Takes all tasks on the Page away from a user or a system user. It needs the token of an admin of that user's
        business.

        Source: reference, page/assigned_users.

        Args:
            page_id: Id of a Page.
            user: Id of the user or the system user.

        Raises:
            InvalidParameter: Invalid parameter (100)
            GraphError: It failed in another way.
        """
        from ..models.success import Success
        from .people import remove_page_user

        request = remove_page_user._get_kwargs(
            page_id,
            user=user,
        )
        call = Call("remove_page_user", request, Success.from_dict)
        return await self._send(call)

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

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200), Blocked as abusive (368)
            GraphError: It failed in another way.
        """
        from ..models.assigned_user_list import AssignedUserList
        from .people import list_ad_account_users

        request = list_ad_account_users._get_kwargs(
            ad_account_id,
            business=business,
            **given(
                fields=fields,
                limit=limit,
                after=after,
                before=before,
                summary=summary,
            ),
        )
        call = Call("list_ad_account_users", request, AssignedUserList.from_dict)
        return AsyncCountedItems(
            self, call, max_items, {"summary": "total_count", "limit": 1}
        )

    async def assign_ad_account_user(
        self,
        ad_account_id: str,
        *,
        user: str,
        tasks: list[AdAccountTask] | None = None,
        business: str | None = None,
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

        Raises:
            InvalidParameter: Invalid parameter (100), The tasks on the ad account cannot be changed like this (2620)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        from ..models.ad_account_assignment import AdAccountAssignment
        from ..models.success import Success
        from .people import assign_ad_account_user

        request = assign_ad_account_user._get_kwargs(
            ad_account_id,
            body=AdAccountAssignment(
                user=user,
                **given(
                    tasks=tasks,
                    business=business,
                ),
            ),
        )
        call = Call("assign_ad_account_user", request, Success.from_dict)
        return await self._send(call)

    async def remove_ad_account_user(
        self,
        ad_account_id: str,
        *,
        user: str,
    ) -> Success:
        """Take an ad account from a user

        Takes all tasks on the ad account away from a user or a system user. It needs the token of an admin of that
        user's business.

        Source: reference, ad-account/assigned_users.

        Args:
            ad_account_id: The digits of the ad account's id; `act_` stands before them in the path.
            user: Id of the user or the system user.

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            TemporaryFailure: Unexpected technical issue (3919)
            GraphError: It failed in another way.
        """
        from ..models.success import Success
        from .people import remove_ad_account_user

        request = remove_ad_account_user._get_kwargs(
            ad_account_id,
            user=user,
        )
        call = Call("remove_ad_account_user", request, Success.from_dict)
        return await self._send(call)

    async def create_managed_business(
        self,
        business_id: str,
        *,
        existing_client_business_id: str,
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

        Raises:
            InvalidParameter: Invalid parameter (100), The business of a client could not be made (42004)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        from ..models.client_choice import ClientChoice
        from ..models.managed_business import ManagedBusiness
        from .act_for_a_client import create_managed_business

        request = create_managed_business._get_kwargs(
            business_id,
            body=ClientChoice(
                existing_client_business_id=existing_client_business_id,
            ),
        )
        call = Call("create_managed_business", request, ManagedBusiness.from_dict)
        return await self._send(call)

    async def remove_managed_business(
        self,
        business_id: str,
        *,
        existing_client_business_id: str,
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

        Raises:
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        from ..models.success import Success
        from .act_for_a_client import remove_managed_business

        request = remove_managed_business._get_kwargs(
            business_id,
            existing_client_business_id=existing_client_business_id,
        )
        call = Call("remove_managed_business", request, Success.from_dict)
        return await self._send(call)

    async def create_access_token(
        self,
        business_id: str,
        *,
        app_id: str,
        scope: list[str] | str,
        system_user_name: str | None = None,
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

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        from ..models.access_token_result import AccessTokenResult
        from ..models.token_request import TokenRequest
        from .act_for_a_client import create_access_token

        request = create_access_token._get_kwargs(
            business_id,
            body=TokenRequest(
                app_id=app_id,
                scope=scope,
                **given(
                    system_user_name=system_user_name,
                ),
            ),
        )
        call = Call("create_access_token", request, AccessTokenResult.from_dict)
        return await self._send(call)

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

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        from ..models.business_list import BusinessList
        from .act_for_a_client import list_owned_businesses

        request = list_owned_businesses._get_kwargs(
            business_id,
            **given(
                fields=fields,
                limit=limit,
                after=after,
                before=before,
                summary=summary,
            ),
        )
        call = Call("list_owned_businesses", request, BusinessList.from_dict)
        return AsyncCountedItems(
            self, call, max_items, {"summary": "total_count", "limit": 1}
        )

    async def remove_client(
        self,
        business_id: str,
        *,
        business: str,
    ) -> Success:
        """Give up all access to a client

        Your business gives up its access to all ad accounts and Pages of one client. To give up a single asset, the
        owner calls the asset's `agencies` edge, or your business `ad_accounts` or `pages`.

        Source: reference, business/clients. The guide does not mention it.

        Args:
            business_id: Id of your business, the one for which the token acts.
            business: Id of the client whose assets your business gives up.

        Raises:
            InvalidParameter: Invalid parameter (100)
            GraphError: It failed in another way.
        """
        from ..models.success import Success
        from .remove_access import remove_client

        request = remove_client._get_kwargs(
            business_id,
            business=business,
        )
        call = Call("remove_client", request, Success.from_dict)
        return await self._send(call)

    async def remove_client_ad_account(
        self,
        business_id: str,
        *,
        adaccount_id: str,
    ) -> Success:
        """Give up one ad account of a client

        Your business gives up its access to one ad account, or withdraws its request for it. To take access away from an
        agency, the owner calls the ad account's `agencies` edge.

        - **Assumption [A35]:** of an ad account that your business owns, this is refused with code 200; without access or
          request the answer is code 100 with subcode 33.

        Source: reference, business/ad_accounts; SDK (`delete_ad_accounts`).

        Args:
            business_id: Id of your business, the one for which the token acts.
            adaccount_id: Id of the ad account that your business gives up.

        Raises:
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Blocked as abusive (368)
            GraphError: It failed in another way.
        """
        from ..models.success import Success
        from .remove_access import remove_client_ad_account

        request = remove_client_ad_account._get_kwargs(
            business_id,
            adaccount_id=adaccount_id,
        )
        call = Call("remove_client_ad_account", request, Success.from_dict)
        return await self._send(call)

    async def remove_client_page(
        self,
        business_id: str,
        *,
        page_id: str,
    ) -> Success:
        """Give up one Page of a client

        Your business gives up its access to one Page, or withdraws its request for it. To take access away from an agency,
        the owner calls the Page's `agencies` edge.

        - Without access or request the answer is code 3996 (reference).
        - Of a Page that your business owns, this is refused with code 200 [A35].

        Source: reference, business/pages; SDK (`delete_pages`).

        Args:
            business_id: Id of your business, the one for which the token acts.
            page_id: Id of the Page that your business gives up.

        Raises:
            InvalidParameter: Invalid parameter (100)
            NotFound: The Page does not belong to this business (3996)
            PermissionDenied: Permission error (200), The asset demands two-factor authentication (415)
            GraphError: It failed in another way.
        """
        from ..models.success import Success
        from .remove_access import remove_client_page

        request = remove_client_page._get_kwargs(
            business_id,
            page_id=page_id,
        )
        call = Call("remove_client_page", request, Success.from_dict)
        return await self._send(call)

    async def remove_agency(
        self,
        page_or_business_id: str,
        *,
        business: str,
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

        Raises:
            InvalidParameter: Invalid parameter (100)
            GraphError: It failed in another way.
        """
        from ..models.success import Success
        from .remove_access import remove_agency

        request = remove_agency._get_kwargs(
            page_or_business_id,
            business=business,
        )
        call = Call("remove_agency", request, Success.from_dict)
        return await self._send(call)

    async def remove_ad_account_agency(
        self,
        ad_account_id: str,
        *,
        business: str,
    ) -> Success:
        """Take a business's access to your ad account away

        Takes an agency's access to one ad account away. The guide sends `business` as a form field; it is accepted
        like the query parameter.

        Source: guide, "Remove Access to Assets"; reference, ad-account/agencies.

        Args:
            ad_account_id: The digits of the ad account's id; `act_` stands before them in the path.
            business: Id of the agency whose access ends.

        Raises:
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            GraphError: It failed in another way.
        """
        from ..models.success import Success
        from .remove_access import remove_ad_account_agency

        request = remove_ad_account_agency._get_kwargs(
            ad_account_id,
            business=business,
        )
        call = Call("remove_ad_account_agency", request, Success.from_dict)
        return await self._send(call)

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

        Raises:
            AuthenticationFailed: No access token (104), Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            RateLimited: Limit of the Page use case reached (80001)
            GraphError: It failed in another way.
        """
        from ..models.agency_list import AgencyList
        from .view_agency_access import list_agencies

        request = list_agencies._get_kwargs(
            page_or_business_id,
            **given(
                fields=fields,
                limit=limit,
                after=after,
                before=before,
                summary=summary,
            ),
        )
        call = Call("list_agencies", request, AgencyList.from_dict)
        return AsyncCountedItems(
            self, call, max_items, {"summary": "total_count", "limit": 1}
        )

    def list_ad_account_agencies(
        self,
        ad_account_id: str,
        *,
        fields: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        max_items: int | None = None,
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

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100)
            PermissionDenied: Permission error (200)
            RateLimited: Limit of the ad account use case reached (80004)
            GraphError: It failed in another way.
        """
        from ..models.asset_agency_list import AssetAgencyList
        from .view_agency_access import list_ad_account_agencies

        request = list_ad_account_agencies._get_kwargs(
            ad_account_id,
            **given(
                fields=fields,
                limit=limit,
                after=after,
                before=before,
            ),
        )
        call = Call("list_ad_account_agencies", request, AssetAgencyList.from_dict)
        return AsyncItems(self, call, max_items)

    async def grant_page_access(
        self,
        page_or_business_id: str,
        *,
        business: str,
        permitted_tasks: list[PageTask] | None = None,
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

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            InvalidParameter: Invalid parameter (100), The asset belongs to this business (3946), Access was already granted (3989)
            PermissionDenied: Permission error (200), Blocked as abusive (368)
            RateLimited: Limit of the Page use case reached (80001)
            GraphError: It failed in another way.
        """
        from ..models.grant_result import GrantResult
        from ..models.page_grant import PageGrant
        from .grant_access import grant_page_access

        request = grant_page_access._get_kwargs(
            page_or_business_id,
            body=PageGrant(
                business=business,
                **given(
                    permitted_tasks=permitted_tasks,
                ),
            ),
        )
        call = Call("grant_page_access", request, GrantResult.from_dict)
        return await self._send(call)

    async def grant_ad_account_access(
        self,
        ad_account_id: str,
        *,
        business: str,
        permitted_tasks: list[AdAccountTask] | None = None,
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
        - Left the SDK on 2021-06-10 and came back on 2024-01-23: facebook-business has it up to 10.0.1 and since 19.0.0.
          `AA_ANALYZE` came with it.

        Source: guide, "Grant Access to Assets for Another Business Manager"; SDK.

        Args:
            ad_account_id: The digits of the ad account's id; `act_` stands before them in the path.
            business: An id, as a string of digits; numbers of this size lose digits in JSON.
            permitted_tasks: The tasks granted. Without it `ANALYZE` alone [A36].

        Raises:
            InvalidParameter: Access was already granted (3989)
            GraphError: It failed in another way.
        """
        from ..models.ad_account_grant import AdAccountGrant
        from ..models.grant_result import GrantResult
        from .grant_access import grant_ad_account_access

        request = grant_ad_account_access._get_kwargs(
            ad_account_id,
            body=AdAccountGrant(
                business=business,
                **given(
                    permitted_tasks=permitted_tasks,
                ),
            ),
        )
        call = Call("grant_ad_account_access", request, GrantResult.from_dict)
        return await self._send(call)

    def list_received_obo_requests(
        self,
        business_id: str,
        *,
        fields: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        max_items: int | None = None,
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

        Raises:
            AuthenticationFailed: Access token invalid, expired or of the wrong kind (190)
            GraphError: It failed in another way.
        """
        from ..models.obo_request_list import OboRequestList
        from .on_behalf_of_requests import list_received_obo_requests

        request = list_received_obo_requests._get_kwargs(
            business_id,
            **given(
                fields=fields,
                limit=limit,
                after=after,
                before=before,
            ),
        )
        call = Call("list_received_obo_requests", request, OboRequestList.from_dict)
        return AsyncItems(self, call, max_items)

    def list_sent_obo_requests(
        self,
        business_id: str,
        *,
        fields: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        max_items: int | None = None,
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

        Raises:
            InvalidParameter: Invalid parameter (100)
            GraphError: It failed in another way.
        """
        from ..models.obo_request_list import OboRequestList
        from .on_behalf_of_requests import list_sent_obo_requests

        request = list_sent_obo_requests._get_kwargs(
            business_id,
            **given(
                fields=fields,
                limit=limit,
                after=after,
                before=before,
            ),
        )
        call = Call("list_sent_obo_requests", request, OboRequestList.from_dict)
        return AsyncItems(self, call, max_items)

    async def get_obo_request(
        self,
        obo_request_id: str,
        *,
        fields: str | None = None,
    ) -> OboRequest:
        """Look at an OBO request

        Reads one OBO request. (A newer copy of the guide wraps the answer in `data`; a node read on Graph is bare.)

        Source: guide, "View OBO Request Details".

        Args:
            obo_request_id: Id of an OBO request.
            fields: Fields of the OBO request.

        Raises:
            GraphError: It failed in another way.
        """
        from ..models.obo_request import OboRequest
        from .on_behalf_of_requests import get_obo_request

        request = get_obo_request._get_kwargs(
            obo_request_id,
            **given(
                fields=fields,
            ),
        )
        call = Call("get_obo_request", request, OboRequest.from_dict)
        return await self._send(call)

    async def cancel_obo_request(
        self,
        obo_request_id: str,
    ) -> OboCancellation:
        """Cancel an OBO request

        Cancels an OBO request that is still `IN_PROGRESS`. **Assumption [A19]:** either party may, and its status is
        `CANCELED` then; no source says who, or what becomes of it.

        The guide shows `"success": "true"`, a string; Meta's reference has a boolean everywhere. Expect both. The SDK
        dropped this call on 2020-06-02; Meta announced no deprecation, and the guide still has it.

        Source: guide, "Delete OBO Request".

        Args:
            obo_request_id: Id of an OBO request.

        Raises:
            GraphError: It failed in another way.
        """
        from ..models.obo_cancellation import OboCancellation
        from .on_behalf_of_requests import cancel_obo_request

        request = cancel_obo_request._get_kwargs(
            obo_request_id,
        )
        call = Call("cancel_obo_request", request, OboCancellation.from_dict)
        return await self._send(call)

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

        Raises:
            GraphError: It failed in another way.
        """
        from ..models.obo_request_list import OboRequestList
        from .on_behalf_of_requests import list_ad_account_obo_requests

        request = list_ad_account_obo_requests._get_kwargs(
            ad_account_id,
            **given(
                status=status,
                fields=fields,
                limit=limit,
                after=after,
                before=before,
            ),
        )
        call = Call("list_ad_account_obo_requests", request, OboRequestList.from_dict)
        return AsyncItems(self, call, max_items)


__all__ = ["AsyncB2BClient", "B2BClient"]
