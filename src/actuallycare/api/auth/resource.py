# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""The operations of `client.auth`."""

from __future__ import annotations

from ..._core.pagination.pager import Pager
from ..._core.resource import Resource, ResourceWithRawResponse, raw_response
from ..._core.secret import wrap_secret
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
    def with_raw_response(self) -> AuthWithRawResponse:
        """The same operations, with status, headers and rate limit in an `APIResponse`."""
        return AuthWithRawResponse(self)

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
        password = wrap_secret(password)
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
        refresh_token = wrap_secret(refresh_token)
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
        refresh_token = wrap_secret(refresh_token)
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
        password = wrap_secret(password)
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


class AuthWithRawResponse(ResourceWithRawResponse):
    """`client.auth.with_raw_response`."""

    __slots__ = ()

    get_profile = raw_response(AuthResource.get_profile)
    list_sessions = raw_response(AuthResource.list_sessions)
    login = raw_response(AuthResource.login)
    logout = raw_response(AuthResource.logout)
    logout_all = raw_response(AuthResource.logout_all)
    refresh = raw_response(AuthResource.refresh)
    register = raw_response(AuthResource.register)
    update_profile = raw_response(AuthResource.update_profile)
    verify = raw_response(AuthResource.verify)
