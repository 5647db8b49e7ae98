"""`prepare`: the methods of the client, to make their calls later."""

from ._preparing import Preparing, prepared, prepared_page
from ._sync._client import B2BClient


class _Preparing(Preparing, B2BClient):
    """A client that sends nothing."""

    def __init__(self) -> None:
        pass


class Prepare:
    """The methods of B2BClient, whose calls are made by `batch()`: `prepare.get_business("1")`."""

    def __init__(self) -> None:
        b2b = _Preparing()
        self.get = prepared(b2b.get)
        self.post = prepared(b2b.post)
        self.delete = prepared(b2b.delete)
        self.get_items = prepared_page(b2b.get_items)
        self.get_token_info = prepared(b2b.get_token_info)
        self.get_long_lived_token = prepared(b2b.get_long_lived_token)
        self.list_permissions = prepared_page(b2b.list_permissions)
        self.get_me = prepared(b2b.get_me)
        self.list_businesses = prepared_page(b2b.list_businesses)
        self.list_ad_accounts = prepared_page(b2b.list_ad_accounts)
        self.list_pages = prepared_page(b2b.list_pages)
        self.list_owned_ad_accounts = prepared_page(b2b.list_owned_ad_accounts)
        self.list_owned_pages = prepared_page(b2b.list_owned_pages)
        self.get_business = prepared(b2b.get_business)
        self.get_page = prepared(b2b.get_page)
        self.get_user = prepared(b2b.get_user)
        self.get_ad_account = prepared(b2b.get_ad_account)
        self.list_client_ad_accounts = prepared_page(b2b.list_client_ad_accounts)
        self.list_client_pages = prepared_page(b2b.list_client_pages)
        self.list_clients = prepared_page(b2b.list_clients)
        self.request_ad_account_access = prepared(b2b.request_ad_account_access)
        self.request_page_access = prepared(b2b.request_page_access)
        self.list_pending_client_ad_accounts = prepared_page(b2b.list_pending_client_ad_accounts)
        self.list_pending_client_pages = prepared_page(b2b.list_pending_client_pages)
        self.list_pending_owned_ad_accounts = prepared_page(b2b.list_pending_owned_ad_accounts)
        self.list_pending_owned_pages = prepared_page(b2b.list_pending_owned_pages)
        self.list_assigned_pages = prepared_page(b2b.list_assigned_pages)
        self.list_assigned_ad_accounts = prepared_page(b2b.list_assigned_ad_accounts)
        self.list_system_users = prepared_page(b2b.list_system_users)
        self.create_system_user = prepared(b2b.create_system_user)
        self.list_business_users = prepared_page(b2b.list_business_users)
        self.invite_business_user = prepared(b2b.invite_business_user)
        self.list_business_users_of_user = prepared_page(b2b.list_business_users_of_user)
        self.create_system_user_token = prepared(b2b.create_system_user_token)
        self.list_page_users = prepared_page(b2b.list_page_users)
        self.assign_page_user = prepared(b2b.assign_page_user)
        self.remove_page_user = prepared(b2b.remove_page_user)
        self.list_ad_account_users = prepared_page(b2b.list_ad_account_users)
        self.assign_ad_account_user = prepared(b2b.assign_ad_account_user)
        self.remove_ad_account_user = prepared(b2b.remove_ad_account_user)
        self.create_managed_business = prepared(b2b.create_managed_business)
        self.remove_managed_business = prepared(b2b.remove_managed_business)
        self.create_access_token = prepared(b2b.create_access_token)
        self.list_owned_businesses = prepared_page(b2b.list_owned_businesses)
        self.remove_client = prepared(b2b.remove_client)
        self.remove_client_ad_account = prepared(b2b.remove_client_ad_account)
        self.remove_client_page = prepared(b2b.remove_client_page)
        self.remove_agency = prepared(b2b.remove_agency)
        self.remove_ad_account_agency = prepared(b2b.remove_ad_account_agency)
        self.list_agencies = prepared_page(b2b.list_agencies)
        self.list_ad_account_agencies = prepared_page(b2b.list_ad_account_agencies)
        self.grant_page_access = prepared(b2b.grant_page_access)
        self.grant_ad_account_access = prepared(b2b.grant_ad_account_access)
        self.list_received_obo_requests = prepared_page(b2b.list_received_obo_requests)
        self.list_sent_obo_requests = prepared_page(b2b.list_sent_obo_requests)
        self.get_obo_request = prepared(b2b.get_obo_request)
        self.cancel_obo_request = prepared(b2b.cancel_obo_request)
        self.list_ad_account_obo_requests = prepared_page(b2b.list_ad_account_obo_requests)


prepare = Prepare()
