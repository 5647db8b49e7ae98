"""Contains all the data models used in inputs/outputs"""

from .access_request_result import AccessRequestResult
from .ad_account import AdAccount
from .ad_account_access_request import AdAccountAccessRequest
from .ad_account_grant import AdAccountGrant
from .ad_account_list import AdAccountList
from .ad_account_permission import AdAccountPermission
from .ad_account_request import AdAccountRequest
from .ad_account_request_list import AdAccountRequestList
from .ad_account_task import AdAccountTask
from .agency import Agency
from .agency_list import AgencyList
from .asset_agency import AssetAgency
from .asset_agency_list import AssetAgencyList
from .business import Business
from .business_list import BusinessList
from .client import Client
from .client_list import ClientList
from .cursors import Cursors
from .error_details import ErrorDetails
from .error_details_error_data_type_1 import ErrorDetailsErrorDataType1
from .error_response import ErrorResponse
from .grant_result import GrantResult
from .instagram_account import InstagramAccount
from .known_access_status import KnownAccessStatus
from .obo_cancellation import OboCancellation
from .obo_request import OboRequest
from .obo_request_list import OboRequestList
from .obo_status import OboStatus
from .other_permission import OtherPermission
from .owned_ad_account_request_list import OwnedAdAccountRequestList
from .owned_page_request_list import OwnedPageRequestList
from .page import Page
from .page_access_request import PageAccessRequest
from .page_category import PageCategory
from .page_grant import PageGrant
from .page_list import PageList
from .page_permission import PagePermission
from .page_picture import PagePicture
from .page_request import PageRequest
from .page_request_list import PageRequestList
from .page_task import PageTask
from .paging import Paging
from .picture import Picture
from .success import Success
from .summary import Summary
from .summary_wanted import SummaryWanted
from .user import User

__all__ = (
    "AccessRequestResult",
    "AdAccount",
    "AdAccountAccessRequest",
    "AdAccountGrant",
    "AdAccountList",
    "AdAccountPermission",
    "AdAccountRequest",
    "AdAccountRequestList",
    "AdAccountTask",
    "Agency",
    "AgencyList",
    "AssetAgency",
    "AssetAgencyList",
    "Business",
    "BusinessList",
    "Client",
    "ClientList",
    "Cursors",
    "ErrorDetails",
    "ErrorDetailsErrorDataType1",
    "ErrorResponse",
    "GrantResult",
    "InstagramAccount",
    "KnownAccessStatus",
    "OboCancellation",
    "OboRequest",
    "OboRequestList",
    "OboStatus",
    "OtherPermission",
    "OwnedAdAccountRequestList",
    "OwnedPageRequestList",
    "Page",
    "PageAccessRequest",
    "PageCategory",
    "PageGrant",
    "PageList",
    "PagePermission",
    "PagePicture",
    "PageRequest",
    "PageRequestList",
    "PageTask",
    "Paging",
    "Picture",
    "Success",
    "Summary",
    "SummaryWanted",
    "User",
)
