"""What the document says of all calls: where they go, and what the codes of their failures mean."""

from . import errors

SERVER = "https://graph.facebook.com/v26.0"

# (code, subcode or None for any): the exception
CODES: dict[tuple[int, int | None], type[errors.GraphError]] = {
    # Unknown error
    (1, None): errors.TemporaryFailure,
    # Service unavailable
    (2, None): errors.TemporaryFailure,
    # The app may not make this call
    (3, None): errors.PermissionDenied,
    # Limit of the app reached
    (4, None): errors.RateLimited,
    # Permission denied
    (10, None): errors.PermissionDenied,
    # Limit of the user reached
    (17, None): errors.RateLimited,
    # Limit of the Page reached
    (32, None): errors.RateLimited,
    # Unknown id, no permission, or no such call on this object
    (100, 33): errors.NotFound,
    # Invalid parameter
    (100, None): errors.InvalidParameter,
    # No access token
    (104, None): errors.AuthenticationFailed,
    # Access token invalid, expired or of the wrong kind
    (190, None): errors.AuthenticationFailed,
    # Permission error
    (200, None): errors.PermissionDenied,
    # The app has development access only
    (270, None): errors.PermissionDenied,
    # Blocked as abusive
    (368, None): errors.PermissionDenied,
    # The asset demands two-factor authentication
    (415, None): errors.PermissionDenied,
    # The session of the token is invalid
    (452, None): errors.AuthenticationFailed,
    # A custom limit reached
    (613, None): errors.RateLimited,
    # Unknown alias
    (803, None): errors.NotFound,
    # Unknown path, or `fields` that cannot be read
    (2500, None): errors.NotFound,
    # The tasks on the ad account cannot be changed like this
    (2620, None): errors.InvalidParameter,
    # Unexpected technical issue
    (3919, None): errors.TemporaryFailure,
    # Access was already asked for
    (3936, None): errors.InvalidParameter,
    # The business has access already
    (3944, None): errors.InvalidParameter,
    # The asset belongs to this business
    (3946, None): errors.InvalidParameter,
    # Access was already granted
    (3989, None): errors.InvalidParameter,
    # The Page does not belong to this business
    (3996, None): errors.NotFound,
    # The business of a client could not be made
    (42004, None): errors.InvalidParameter,
    # Limit of the Page use case reached
    (80001, None): errors.RateLimited,
    # Limit of the ad account use case reached
    (80004, None): errors.RateLimited,
}
