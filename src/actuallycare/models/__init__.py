# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
"""The classes of the API's payloads. Each is imported on first use (PEP 562)."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .agent import Agent as Agent
    from .api_key import ApiKey as ApiKey
    from .api_key import ApiKeyAction as ApiKeyAction
    from .appointment import Appointment as Appointment
    from .appointment import AppointmentStatus as AppointmentStatus
    from .appointment import AppointmentType as AppointmentType
    from .auth_email_kind import AuthEmailKind as AuthEmailKind
    from .auth_login import AuthLogin as AuthLogin
    from .auth_refresh import AuthRefresh as AuthRefresh
    from .auth_register import AuthRegister as AuthRegister
    from .auth_register import AuthRegisterStatus as AuthRegisterStatus
    from .auth_role import AuthRole as AuthRole
    from .auth_session import AuthSession as AuthSession
    from .billing_create_checkout import BillingCreateCheckout as BillingCreateCheckout
    from .billing_create_portal_session import (
        BillingCreatePortalSession as BillingCreatePortalSession,
    )
    from .billing_create_public_checkout import (
        BillingCreatePublicCheckout as BillingCreatePublicCheckout,
    )
    from .billing_interval import BillingInterval as BillingInterval
    from .billing_plan import BillingPlan as BillingPlan
    from .billing_plan import BillingPlanKey as BillingPlanKey
    from .billing_plans import BillingPlans as BillingPlans
    from .billing_public_plan import BillingPublicPlan as BillingPublicPlan
    from .billing_public_plan import BillingPublicPlanKey as BillingPublicPlanKey
    from .billing_public_plans import BillingPublicPlans as BillingPublicPlans
    from .client import Client as Client
    from .client import ClientStatus as ClientStatus
    from .client import ClientType as ClientType
    from .client_property_preferences import ClientPropertyPreferences as ClientPropertyPreferences
    from .contact import Contact as Contact
    from .created_api_key import CreatedApiKey as CreatedApiKey
    from .escrow import Escrow as Escrow
    from .escrow import EscrowListStatus as EscrowListStatus
    from .escrow import EscrowOrder as EscrowOrder
    from .escrow import EscrowRepresentationType as EscrowRepresentationType
    from .escrow import EscrowStatus as EscrowStatus
    from .escrow_contingency import EscrowContingency as EscrowContingency
    from .escrow_contingency import EscrowContingencyStatus as EscrowContingencyStatus
    from .lead import Lead as Lead
    from .lead import LeadClientType as LeadClientType
    from .lead import LeadInterestLevel as LeadInterestLevel
    from .lead import LeadStatus as LeadStatus
    from .listing import Listing as Listing
    from .listing import ListingStatus as ListingStatus
    from .person import Person as Person
    from .person_input import PersonInput as PersonInput
    from .subscription import Subscription as Subscription
    from .subscription import SubscriptionStatus as SubscriptionStatus
    from .user import User as User
    from .user import UserEmailKind as UserEmailKind
    from .user import UserRole as UserRole
    from .user import UserStatus as UserStatus
    from .webhook import Webhook as Webhook
    from .webhook_delivery import WebhookDelivery as WebhookDelivery
    from .webhook_delivery import WebhookDeliveryStatus as WebhookDeliveryStatus
    from .webhook_event_type import WebhookEventType as WebhookEventType

_MODULES: dict[str, str] = {
    "Agent": "agent",
    "ApiKey": "api_key",
    "ApiKeyAction": "api_key",
    "Appointment": "appointment",
    "AppointmentStatus": "appointment",
    "AppointmentType": "appointment",
    "AuthEmailKind": "auth_email_kind",
    "AuthLogin": "auth_login",
    "AuthRefresh": "auth_refresh",
    "AuthRegister": "auth_register",
    "AuthRegisterStatus": "auth_register",
    "AuthRole": "auth_role",
    "AuthSession": "auth_session",
    "BillingCreateCheckout": "billing_create_checkout",
    "BillingCreatePortalSession": "billing_create_portal_session",
    "BillingCreatePublicCheckout": "billing_create_public_checkout",
    "BillingInterval": "billing_interval",
    "BillingPlan": "billing_plan",
    "BillingPlanKey": "billing_plan",
    "BillingPlans": "billing_plans",
    "BillingPublicPlan": "billing_public_plan",
    "BillingPublicPlanKey": "billing_public_plan",
    "BillingPublicPlans": "billing_public_plans",
    "Client": "client",
    "ClientPropertyPreferences": "client_property_preferences",
    "ClientStatus": "client",
    "ClientType": "client",
    "Contact": "contact",
    "CreatedApiKey": "created_api_key",
    "Escrow": "escrow",
    "EscrowContingency": "escrow_contingency",
    "EscrowContingencyStatus": "escrow_contingency",
    "EscrowListStatus": "escrow",
    "EscrowOrder": "escrow",
    "EscrowRepresentationType": "escrow",
    "EscrowStatus": "escrow",
    "Lead": "lead",
    "LeadClientType": "lead",
    "LeadInterestLevel": "lead",
    "LeadStatus": "lead",
    "Listing": "listing",
    "ListingStatus": "listing",
    "Person": "person",
    "PersonInput": "person_input",
    "Subscription": "subscription",
    "SubscriptionStatus": "subscription",
    "User": "user",
    "UserEmailKind": "user",
    "UserRole": "user",
    "UserStatus": "user",
    "Webhook": "webhook",
    "WebhookDelivery": "webhook_delivery",
    "WebhookDeliveryStatus": "webhook_delivery",
    "WebhookEventType": "webhook_event_type",
}

__all__: tuple[str, ...] = (
    "Agent",
    "ApiKey",
    "ApiKeyAction",
    "Appointment",
    "AppointmentStatus",
    "AppointmentType",
    "AuthEmailKind",
    "AuthLogin",
    "AuthRefresh",
    "AuthRegister",
    "AuthRegisterStatus",
    "AuthRole",
    "AuthSession",
    "BillingCreateCheckout",
    "BillingCreatePortalSession",
    "BillingCreatePublicCheckout",
    "BillingInterval",
    "BillingPlan",
    "BillingPlanKey",
    "BillingPlans",
    "BillingPublicPlan",
    "BillingPublicPlanKey",
    "BillingPublicPlans",
    "Client",
    "ClientPropertyPreferences",
    "ClientStatus",
    "ClientType",
    "Contact",
    "CreatedApiKey",
    "Escrow",
    "EscrowContingency",
    "EscrowContingencyStatus",
    "EscrowListStatus",
    "EscrowOrder",
    "EscrowRepresentationType",
    "EscrowStatus",
    "Lead",
    "LeadClientType",
    "LeadInterestLevel",
    "LeadStatus",
    "Listing",
    "ListingStatus",
    "Person",
    "PersonInput",
    "Subscription",
    "SubscriptionStatus",
    "User",
    "UserEmailKind",
    "UserRole",
    "UserStatus",
    "Webhook",
    "WebhookDelivery",
    "WebhookDeliveryStatus",
    "WebhookEventType",
)


def __getattr__(name: str) -> Any:
    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module("." + module, __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
