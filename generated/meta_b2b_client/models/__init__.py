"""Contains all the data models used in inputs/outputs"""

from .access_request_result import AccessRequestResult
from .access_token_result import AccessTokenResult
from .ad_account import AdAccount
from .ad_account_access_request import AdAccountAccessRequest
from .ad_account_assignment import AdAccountAssignment
from .ad_account_grant import AdAccountGrant
from .ad_account_list import AdAccountList
from .ad_account_permission import AdAccountPermission
from .ad_account_reference import AdAccountReference
from .ad_account_request import AdAccountRequest
from .ad_account_request_list import AdAccountRequestList
from .ad_account_task import AdAccountTask
from .agency import Agency
from .agency_list import AgencyList
from .asset_agency import AssetAgency
from .asset_agency_list import AssetAgencyList
from .assigned_user import AssignedUser
from .assigned_user_list import AssignedUserList
from .business import Business
from .business_list import BusinessList
from .business_reference import BusinessReference
from .client import Client
from .client_choice import ClientChoice
from .client_list import ClientList
from .cursors import Cursors
from .error_details import ErrorDetails
from .error_details_error_data_type_1 import ErrorDetailsErrorDataType1
from .error_response import ErrorResponse
from .grant_result import GrantResult
from .grant_type import GrantType
from .instagram_account import InstagramAccount
from .invitation import Invitation
from .known_access_status import KnownAccessStatus
from .known_permission_status import KnownPermissionStatus
from .known_token_type import KnownTokenType
from .known_user_type import KnownUserType
from .long_lived_token import LongLivedToken
from .managed_business import ManagedBusiness
from .new_id import NewId
from .new_system_user import NewSystemUser
from .obo_cancellation import OboCancellation
from .obo_request import OboRequest
from .obo_request_list import OboRequestList
from .obo_status import OboStatus
from .other_permission import OtherPermission
from .owned_ad_account_request_list import OwnedAdAccountRequestList
from .owned_page_request_list import OwnedPageRequestList
from .page import Page
from .page_access_request import PageAccessRequest
from .page_assignment import PageAssignment
from .page_category import PageCategory
from .page_grant import PageGrant
from .page_list import PageList
from .page_permission import PagePermission
from .page_picture import PagePicture
from .page_reference import PageReference
from .page_request import PageRequest
from .page_request_list import PageRequestList
from .page_task import PageTask
from .paging import Paging
from .permission import Permission
from .permission_list import PermissionList
from .picture import Picture
from .staff import Staff
from .staff_list import StaffList
from .staff_role import StaffRole
from .success import Success
from .summary import Summary
from .summary_wanted import SummaryWanted
from .system_user_token import SystemUserToken
from .token_data import TokenData
from .token_info import TokenInfo
from .token_problem import TokenProblem
from .token_request import TokenRequest
from .user import User

__all__ = (
    "AccessRequestResult",
    "AccessTokenResult",
    "AdAccount",
    "AdAccountAccessRequest",
    "AdAccountAssignment",
    "AdAccountGrant",
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
    "ClientChoice",
    "ClientList",
    "Cursors",
    "ErrorDetails",
    "ErrorDetailsErrorDataType1",
    "ErrorResponse",
    "GrantResult",
    "GrantType",
    "InstagramAccount",
    "Invitation",
    "KnownAccessStatus",
    "KnownPermissionStatus",
    "KnownTokenType",
    "KnownUserType",
    "LongLivedToken",
    "ManagedBusiness",
    "NewId",
    "NewSystemUser",
    "OboCancellation",
    "OboRequest",
    "OboRequestList",
    "OboStatus",
    "OtherPermission",
    "OwnedAdAccountRequestList",
    "OwnedPageRequestList",
    "Page",
    "PageAccessRequest",
    "PageAssignment",
    "PageCategory",
    "PageGrant",
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
    "SystemUserToken",
    "TokenData",
    "TokenInfo",
    "TokenProblem",
    "TokenRequest",
    "User",
)
