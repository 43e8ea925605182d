# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
"""The operations of `client.auth`."""

from __future__ import annotations

from typing import Final, Unpack

from .._core.call_options import CallOptions
from .._core.operation import Call, Operation, PageLayout
from .._core.pagination.pager import Pager
from .._core.resource import RawMethods, Resource, page_with_raw_response, with_raw_response
from .._core.secret import wrap_secret
from .._core.serialize import JsonBody
from .._core.unset import UNSET, Unset
from ..models.auth_email_kind import AuthEmailKind
from ..models.auth_login import AuthLogin
from ..models.auth_refresh import AuthRefresh
from ..models.auth_register import AuthRegister
from ..models.auth_role import AuthRole
from ..models.auth_session import AuthSession
from ..models.user import User

GET_PROFILE: Final = Operation(
    "auth.get_profile",
    "GET",
    "/auth/profile",
    auth=("bearer",),
    sensitive=True,
    unwrap=("data", "user"),
)
LIST_SESSIONS: Final = Operation(
    "auth.list_sessions",
    "GET",
    "/auth/sessions",
    kind="page",
    auth=("bearer",),
    sensitive=True,
    unwrap=("data",),
    page_layout=PageLayout(("sessions",), None, is_paginated=False),
)
LOGIN: Final = Operation("auth.login", "POST", "/auth/login", sensitive=True, unwrap=("data",))
LOGOUT: Final = Operation(
    "auth.logout", "POST", "/auth/logout", kind="none", auth=("bearer",), sensitive=True
)
LOGOUT_ALL: Final = Operation(
    "auth.logout_all", "POST", "/auth/logout-all", kind="none", auth=("bearer",), sensitive=True
)
REFRESH: Final = Operation(
    "auth.refresh", "POST", "/auth/refresh", sensitive=True, unwrap=("data",)
)
REGISTER: Final = Operation(
    "auth.register", "POST", "/auth/register", sensitive=True, unwrap=("data",)
)
UPDATE_PROFILE: Final = Operation(
    "auth.update_profile",
    "PUT",
    "/auth/profile",
    auth=("bearer",),
    sensitive=True,
    unwrap=("data",),
)
VERIFY: Final = Operation(
    "auth.verify", "GET", "/auth/verify", auth=("bearer",), sensitive=True, unwrap=("data", "user")
)


class AuthResource(Resource):
    """`client.auth`.

    Every method also takes the options of a call: see `actuallycare.CallOptions`.
    """

    @property
    def with_raw_response(self) -> AuthWithRawResponse:
        """The same operations, giving status, headers and rate limit beside the result."""
        return AuthWithRawResponse(AuthResource(self._sender, raw=True))

    async def get_profile(self, **options: Unpack[CallOptions]) -> User:
        """Get user profile.

        Source: `GET /auth/profile`.

        Raises:
            ActuallyCareError: AuthenticationError (401), RateLimitError (429), and what every
                call raises.
        """
        return await self._record(
            Call(GET_PROFILE, "/auth/profile", options=options), User.from_dict
        )

    def list_sessions(self, **options: Unpack[CallOptions]) -> Pager[AuthSession]:
        """List active sessions.

        Source: `GET /auth/sessions`.

        Returns:
            A pager: await it for one page, or iterate over it for every item of every page.

        Raises:
            ActuallyCareError: AuthenticationError (401), RateLimitError (429), and what every
                call raises.
        """
        return self._list(
            Call(LIST_SESSIONS, "/auth/sessions", options=options), AuthSession.from_dict
        )

    async def login(
        self,
        *,
        password: str,
        email: str | Unset = UNSET,
        username: str | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> AuthLogin:
        """Login user.

        Source: `POST /auth/login`.

        Args:
            email: Or username.
            username: Instead of email.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401),
                PermissionDeniedError (403), AccountLockedError (423), RateLimitError (429), and
                what every call raises.
        """
        password = wrap_secret(password)
        return await self._record(
            Call(
                LOGIN,
                "/auth/login",
                body=JsonBody({"password": password, "email": email, "username": username}),
                options=options,
            ),
            AuthLogin.from_dict,
        )

    async def logout(
        self, *, refresh_token: str | Unset = UNSET, **options: Unpack[CallOptions]
    ) -> None:
        """Logout user.

        Source: `POST /auth/logout`.

        Args:
            refresh_token: Left out: the session of the access token ends.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401), RateLimitError
                (429), and what every call raises.
        """
        refresh_token = wrap_secret(refresh_token)
        return await self._none(
            Call(
                LOGOUT,
                "/auth/logout",
                body=JsonBody({"refreshToken": refresh_token}),
                options=options,
            )
        )

    async def logout_all(self, **options: Unpack[CallOptions]) -> None:
        """Logout from all devices.

        Source: `POST /auth/logout-all`.

        Raises:
            ActuallyCareError: AuthenticationError (401), RateLimitError (429), and what every
                call raises.
        """
        return await self._none(Call(LOGOUT_ALL, "/auth/logout-all", options=options))

    async def refresh(self, *, refresh_token: str, **options: Unpack[CallOptions]) -> AuthRefresh:
        """Refresh access token.

        Source: `POST /auth/refresh`.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401), RateLimitError
                (429), and what every call raises.
        """
        refresh_token = wrap_secret(refresh_token)
        return await self._record(
            Call(
                REFRESH,
                "/auth/refresh",
                body=JsonBody({"refreshToken": refresh_token}),
                options=options,
            ),
            AuthRefresh.from_dict,
        )

    async def register(
        self,
        *,
        email: str,
        first_name: str,
        last_name: str,
        password: str,
        username: str,
        email_kind: AuthEmailKind | str | Unset = UNSET,
        phone: str | Unset = UNSET,
        role: AuthRole | str | Unset = UNSET,
        sms_consent: bool | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> AuthRegister:
        """Register new user.

        Creates a new user account and always returns a signed JWT. A waitlisted account can reach
        only /auth and /waitlist until it is approved.

        Source: `POST /auth/register`.

        Args:
            email: Login identifier, stored lowercase.
            password: At least 8 characters, one upper-case letter and one digit.
            username: Letters, numbers and underscores; stored lowercase.
            email_kind: One of `offers`, `personal`, `work`.
            role: One of `agent`, `broker`, `lender`, `vendor`.
            sms_consent: Recorded only when phone is given.

        Raises:
            ActuallyCareError: BadRequestError (400), ConflictError (409), RateLimitError (429),
                and what every call raises.
        """
        password = wrap_secret(password)
        return await self._record(
            Call(
                REGISTER,
                "/auth/register",
                body=JsonBody(
                    {
                        "email": email,
                        "firstName": first_name,
                        "lastName": last_name,
                        "password": password,
                        "username": username,
                        "emailKind": email_kind,
                        "phone": phone,
                        "role": role,
                        "smsConsent": sms_consent,
                    }
                ),
                options=options,
            ),
            AuthRegister.from_dict,
        )

    async def update_profile(
        self,
        *,
        current_password: str | Unset = UNSET,
        email_kind: AuthEmailKind | str | Unset = UNSET,
        first_name: str | Unset = UNSET,
        last_name: str | Unset = UNSET,
        new_password: str | Unset = UNSET,
        phone: str | Unset | None = UNSET,
        sms_consent: bool | Unset = UNSET,
        timezone: str | Unset | None = UNSET,
        **options: Unpack[CallOptions],
    ) -> User:
        """Update user profile.

        Source: `PUT /auth/profile`.

        Args:
            email_kind: One of `offers`, `personal`, `work`.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401), RateLimitError
                (429), and what every call raises.
        """
        current_password = wrap_secret(current_password)
        new_password = wrap_secret(new_password)
        return await self._record(
            Call(
                UPDATE_PROFILE,
                "/auth/profile",
                body=JsonBody(
                    {
                        "currentPassword": current_password,
                        "emailKind": email_kind,
                        "firstName": first_name,
                        "lastName": last_name,
                        "newPassword": new_password,
                        "phone": phone,
                        "smsConsent": sms_consent,
                        "timezone": timezone,
                    }
                ),
                options=options,
            ),
            User.from_dict,
        )

    async def verify(self, **options: Unpack[CallOptions]) -> User:
        """Verify token validity.

        Source: `GET /auth/verify`.

        Raises:
            ActuallyCareError: AuthenticationError (401), RateLimitError (429), and what every
                call raises.
        """
        return await self._record(Call(VERIFY, "/auth/verify", options=options), User.from_dict)


class AuthWithRawResponse(RawMethods):
    """`client.auth.with_raw_response`."""

    def __init__(self, resource: AuthResource) -> None:
        self.get_profile: Final = with_raw_response(resource.get_profile)
        self.list_sessions: Final = page_with_raw_response(resource.list_sessions)
        self.login: Final = with_raw_response(resource.login)
        self.logout: Final = with_raw_response(resource.logout)
        self.logout_all: Final = with_raw_response(resource.logout_all)
        self.refresh: Final = with_raw_response(resource.refresh)
        self.register: Final = with_raw_response(resource.register)
        self.update_profile: Final = with_raw_response(resource.update_profile)
        self.verify: Final = with_raw_response(resource.verify)
