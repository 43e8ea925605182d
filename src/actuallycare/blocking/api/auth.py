# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
"""The operations of `client.auth`."""

from __future__ import annotations

from typing import Final, Unpack

from ..._core.call_options import CallOptions
from ..._core.resource import RawMethods
from ..._core.secret import wrap_secret
from ..._core.unset import UNSET, Unset
from ...api.auth import AuthResource as AsyncResource
from ...models.auth_email_kind import AuthEmailKind
from ...models.auth_login import AuthLogin
from ...models.auth_refresh import AuthRefresh
from ...models.auth_register import AuthRegister
from ...models.auth_role import AuthRole
from ...models.auth_session import AuthSession
from ...models.user import User
from ..pager import BlockingPager
from ..resource import BlockingResource, page_with_raw_response, with_raw_response
from ..runner import Deadline


class AuthResource(BlockingResource):
    """`client.auth`.

    Every method also takes the options of a call: see `actuallycare.CallOptions`.
    """

    @property
    def with_raw_response(self) -> AuthWithRawResponse:
        """The same operations, giving status, headers and rate limit beside the result."""
        return AuthWithRawResponse(AuthResource(self._runner, raw=True))

    @property
    def _resource(self) -> AsyncResource:
        return AsyncResource(self._runner.client.sender, raw=self._raw)

    def get_profile(self, *, deadline: Deadline = UNSET, **options: Unpack[CallOptions]) -> User:
        """Get user profile.

        Source: `GET /auth/profile`.

        Raises:
            ActuallyCareError: AuthenticationError (401), RateLimitError (429), and what every
                call raises.
        """
        return self._run(self._resource.get_profile(**options), deadline)

    def list_sessions(
        self, *, deadline: Deadline = UNSET, **options: Unpack[CallOptions]
    ) -> BlockingPager[AuthSession]:
        """List active sessions.

        Source: `GET /auth/sessions`.

        Returns:
            A pager: iterate over it for every item of every page; `first_page()` gives one page.

        Raises:
            ActuallyCareError: AuthenticationError (401), RateLimitError (429), and what every
                call raises.
        """
        return self._list(self._resource.list_sessions(**options), deadline)

    def login(
        self,
        *,
        password: str,
        email: str | Unset = UNSET,
        username: str | Unset = UNSET,
        deadline: Deadline = UNSET,
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
        return self._run(
            self._resource.login(password=password, email=email, username=username, **options),
            deadline,
        )

    def logout(
        self,
        *,
        refresh_token: str | Unset = UNSET,
        deadline: Deadline = UNSET,
        **options: Unpack[CallOptions],
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
        return self._run(self._resource.logout(refresh_token=refresh_token, **options), deadline)

    def logout_all(self, *, deadline: Deadline = UNSET, **options: Unpack[CallOptions]) -> None:
        """Logout from all devices.

        Source: `POST /auth/logout-all`.

        Raises:
            ActuallyCareError: AuthenticationError (401), RateLimitError (429), and what every
                call raises.
        """
        return self._run(self._resource.logout_all(**options), deadline)

    def refresh(
        self, *, refresh_token: str, deadline: Deadline = UNSET, **options: Unpack[CallOptions]
    ) -> AuthRefresh:
        """Refresh access token.

        Source: `POST /auth/refresh`.

        Raises:
            ActuallyCareError: BadRequestError (400), AuthenticationError (401), RateLimitError
                (429), and what every call raises.
        """
        refresh_token = wrap_secret(refresh_token)
        return self._run(self._resource.refresh(refresh_token=refresh_token, **options), deadline)

    def register(
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
        deadline: Deadline = UNSET,
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
        return self._run(
            self._resource.register(
                email=email,
                first_name=first_name,
                last_name=last_name,
                password=password,
                username=username,
                email_kind=email_kind,
                phone=phone,
                role=role,
                sms_consent=sms_consent,
                **options,
            ),
            deadline,
        )

    def update_profile(
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
        deadline: Deadline = UNSET,
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
        return self._run(
            self._resource.update_profile(
                current_password=current_password,
                email_kind=email_kind,
                first_name=first_name,
                last_name=last_name,
                new_password=new_password,
                phone=phone,
                sms_consent=sms_consent,
                timezone=timezone,
                **options,
            ),
            deadline,
        )

    def verify(self, *, deadline: Deadline = UNSET, **options: Unpack[CallOptions]) -> User:
        """Verify token validity.

        Source: `GET /auth/verify`.

        Raises:
            ActuallyCareError: AuthenticationError (401), RateLimitError (429), and what every
                call raises.
        """
        return self._run(self._resource.verify(**options), deadline)


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
