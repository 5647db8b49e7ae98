"""The answers of Meta's guide."""

from typing import Any

# As the guide prints them, and where that is not JSON (single quotes, trailing commas), as it means them.
ANSWERS: dict[str, Any] = {
    "list_clients": {
        "data": [
            {
                "name": "Random Page",
                "page_permissions": [
                    {
                        "id": "1900952844321",
                        "permitted_tasks": ["MANAGE", "CREATE_CONTENT", "MODERATE", "ADVERTISE", "ANALYZE"],
                        "access_status": "CLIENT_RESPONSE_PENDING",
                        "access_requested_time": "2014-01-07T23:26:09+0000",
                        "access_updated_time": "2014-01-07T23:26:09+0000",
                    }
                ],
                "id": "190137931178903",
            }
        ]
    },
    "grant_ad_account_access": {"success": True, "requires_admin_approval": True},
    "get_obo_request": {
        "id": "1111111111",
        "receiving_business": {"id": "2222222222", "name": "Example Business Name"},
        "requesting_business": {"id": "3333333333", "name": "Example Business Name"},
        "status": "IN_PROGRESS",
        "business_owned_object": "1111111111",
    },
    "cancel_obo_request": {"success": "true"},
    "list_ad_account_obo_requests": {
        "data": [
            {
                "id": "1111111111",
                "status": "IN_PROGRESS",
                "receiving_business": {"id": "2222222222", "name": "Example Business Name"},
                "requesting_business": {"id": "3333333333", "name": "Example Business Name"},
            }
        ]
    },
    "list_received_obo_requests": {
        "data": [{"id": "1111111111"}, {"id": "2222222222"}, {"id": "3333333333"}]
    },
    "list_sent_obo_requests": {"data": [{"id": "1111111111"}, {"id": "2222222222"}, {"id": "3333333333"}]},
}
