# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""The operations of `client.auth`."""

from __future__ import annotations

from ..._core.pagination.page import Page
from ..._core.pagination.pager import Pager
from ..._core.resource import Resource, ResourceWithResponse
from ..._core.response import Reply
from ..._core.secret import seal
from ..._core.unset import UNSET, Unset
from ...models.auth_email_kind import AuthEmailKind
from ...models.auth_login import AuthLogin
from ...models.auth_refresh import AuthRefresh
from ...models.auth_register import AuthRegister
from ...models.auth_role import AuthRole
from ...models.auth_session import AuthSession
from ...models.auth_verify import AuthVerify
from ...models.user import User
from . import (
    auth_get_profile,
    auth_list_sessions,
    auth_login,
    auth_logout,
    auth_logout_all,
    auth_refresh,
    auth_register,
    auth_update_profile,
    auth_verify,
)


class AuthResource(Resource):
    """`client.auth`."""

    __slots__ = ()

    @property
    def with_response(self) -> AuthWithResponse:
        """The same operations, giving status, headers and rate limit beside the result."""
        return AuthWithResponse(self._sender)

    async def get_profile(self) -> User:
        """Get user profile.

        Source: `GET /auth/profile`.

        Raises:
            ActuallyCareError: AuthenticationError (401), RateLimitError (429), and what every
                call raises.
        """
        return await self._record(auth_get_profile.build(), auth_get_profile.parse)

    def list_sessions(self) -> Pager[AuthSession]:
        """List active sessions.

        Source: `GET /auth/sessions`.

        Returns:
            A pager: await it for one page, or iterate over it for every item of every page.

        Raises:
            ActuallyCareError: AuthenticationError (401), RateLimitError (429), and what every
                call raises.
        """
        return self._list(auth_list_sessions.build(), auth_list_sessions.parse)

    async def login(self, *, email: str, password: str) -> AuthLogin:
        """Login user.

        Source: `POST /auth/login`.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401),
                PermissionDeniedError (403), AccountLockedError (423), RateLimitError (429), and
                what every call raises.
        """
        password = seal(password)
        return await self._record(
            auth_login.build(email=email, password=password), auth_login.parse
        )

    async def logout(self, *, refresh_token: str | Unset = UNSET) -> None:
        """Logout user.

        Source: `POST /auth/logout`.

        Args:
            refresh_token: Left out: the session of the access token ends.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401), RateLimitError
                (429), and what every call raises.
        """
        refresh_token = seal(refresh_token)
        await self._none(auth_logout.build(refresh_token=refresh_token))

    async def logout_all(self) -> None:
        """Logout from all devices.

        Source: `POST /auth/logout-all`.

        Raises:
            ActuallyCareError: AuthenticationError (401), RateLimitError (429), and what every
                call raises.
        """
        await self._none(auth_logout_all.build())

    async def refresh(self, *, refresh_token: str) -> AuthRefresh:
        """Refresh access token.

        Source: `POST /auth/refresh`.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401), RateLimitError
                (429), and what every call raises.
        """
        refresh_token = seal(refresh_token)
        return await self._record(
            auth_refresh.build(refresh_token=refresh_token), auth_refresh.parse
        )

    async def register(
        self,
        *,
        email: str,
        first_name: str,
        last_name: str,
        password: str,
        username: str,
        email_kind: AuthEmailKind | Unset = UNSET,
        phone: str | Unset = UNSET,
        role: AuthRole | Unset = UNSET,
        sms_consent: bool | Unset = UNSET,
    ) -> AuthRegister:
        """Register new user.

        Creates a new user account and always returns a signed JWT. A waitlisted account can reach
        only /auth until it is approved.

        Source: `POST /auth/register`.

        Args:
            email: Login identifier, stored lowercase.
            password: At least 8 characters, one upper-case letter and one digit.
            username: Letters, numbers and underscores; stored lowercase.
            sms_consent: Recorded only when phone is given.

        Raises:
            ActuallyCareError: BadRequestError (400), ConflictError (409), RateLimitError (429),
                and what every call raises.
        """
        password = seal(password)
        return await self._record(
            auth_register.build(
                email=email,
                first_name=first_name,
                last_name=last_name,
                password=password,
                username=username,
                email_kind=email_kind,
                phone=phone,
                role=role,
                sms_consent=sms_consent,
            ),
            auth_register.parse,
        )

    async def update_profile(
        self,
        *,
        email_kind: AuthEmailKind | Unset = UNSET,
        first_name: str | Unset = UNSET,
        last_name: str | Unset = UNSET,
        phone: str | Unset | None = UNSET,
        sms_consent: bool | Unset = UNSET,
    ) -> User:
        """Update user profile.

        Source: `PUT /auth/profile`.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401), RateLimitError
                (429), and what every call raises.
        """
        return await self._record(
            auth_update_profile.build(
                email_kind=email_kind,
                first_name=first_name,
                last_name=last_name,
                phone=phone,
                sms_consent=sms_consent,
            ),
            auth_update_profile.parse,
        )

    async def verify(self) -> AuthVerify:
        """Verify token validity.

        Source: `GET /auth/verify`.

        Raises:
            ActuallyCareError: AuthenticationError (401), RateLimitError (429), and what every
                call raises.
        """
        return await self._record(auth_verify.build(), auth_verify.parse)


class AuthWithResponse(ResourceWithResponse):
    """`client.auth.with_response`."""

    __slots__ = ()

    async def get_profile(self) -> Reply[User]:
        """As `AuthResource.get_profile`, with its HTTP response."""
        return await self._record(auth_get_profile.build(), auth_get_profile.parse)

    async def list_sessions(self) -> Reply[Page[AuthSession]]:
        """As `AuthResource.list_sessions`, with its HTTP response."""
        return await self._list(auth_list_sessions.build(), auth_list_sessions.parse)

    async def login(self, *, email: str, password: str) -> Reply[AuthLogin]:
        """As `AuthResource.login`, with its HTTP response."""
        password = seal(password)
        return await self._record(
            auth_login.build(email=email, password=password), auth_login.parse
        )

    async def logout(self, *, refresh_token: str | Unset = UNSET) -> Reply[None]:
        """As `AuthResource.logout`, with its HTTP response."""
        refresh_token = seal(refresh_token)
        return await self._none(auth_logout.build(refresh_token=refresh_token))

    async def logout_all(self) -> Reply[None]:
        """As `AuthResource.logout_all`, with its HTTP response."""
        return await self._none(auth_logout_all.build())

    async def refresh(self, *, refresh_token: str) -> Reply[AuthRefresh]:
        """As `AuthResource.refresh`, with its HTTP response."""
        refresh_token = seal(refresh_token)
        return await self._record(
            auth_refresh.build(refresh_token=refresh_token), auth_refresh.parse
        )

    async def register(
        self,
        *,
        email: str,
        first_name: str,
        last_name: str,
        password: str,
        username: str,
        email_kind: AuthEmailKind | Unset = UNSET,
        phone: str | Unset = UNSET,
        role: AuthRole | Unset = UNSET,
        sms_consent: bool | Unset = UNSET,
    ) -> Reply[AuthRegister]:
        """As `AuthResource.register`, with its HTTP response."""
        password = seal(password)
        return await self._record(
            auth_register.build(
                email=email,
                first_name=first_name,
                last_name=last_name,
                password=password,
                username=username,
                email_kind=email_kind,
                phone=phone,
                role=role,
                sms_consent=sms_consent,
            ),
            auth_register.parse,
        )

    async def update_profile(
        self,
        *,
        email_kind: AuthEmailKind | Unset = UNSET,
        first_name: str | Unset = UNSET,
        last_name: str | Unset = UNSET,
        phone: str | Unset | None = UNSET,
        sms_consent: bool | Unset = UNSET,
    ) -> Reply[User]:
        """As `AuthResource.update_profile`, with its HTTP response."""
        return await self._record(
            auth_update_profile.build(
                email_kind=email_kind,
                first_name=first_name,
                last_name=last_name,
                phone=phone,
                sms_consent=sms_consent,
            ),
            auth_update_profile.parse,
        )

    async def verify(self) -> Reply[AuthVerify]:
        """As `AuthResource.verify`, with its HTTP response."""
        return await self._record(auth_verify.build(), auth_verify.parse)
