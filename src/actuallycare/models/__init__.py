# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""What the API sends and takes. Each model is imported on first use (PEP 562)."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .api_key import ApiKey as ApiKey
    from .api_key_action import ApiKeyAction as ApiKeyAction
    from .appointment import Appointment as Appointment
    from .appointment_status import AppointmentStatus as AppointmentStatus
    from .appointment_type import AppointmentType as AppointmentType
    from .auth_email_kind import AuthEmailKind as AuthEmailKind
    from .auth_login import AuthLogin as AuthLogin
    from .auth_refresh import AuthRefresh as AuthRefresh
    from .auth_register import AuthRegister as AuthRegister
    from .auth_register_status import AuthRegisterStatus as AuthRegisterStatus
    from .auth_role import AuthRole as AuthRole
    from .auth_session import AuthSession as AuthSession
    from .auth_verify import AuthVerify as AuthVerify
    from .billing_create_checkout import BillingCreateCheckout as BillingCreateCheckout
    from .billing_create_portal_session import (
        BillingCreatePortalSession as BillingCreatePortalSession,
    )
    from .billing_create_public_checkout import (
        BillingCreatePublicCheckout as BillingCreatePublicCheckout,
    )
    from .billing_interval import BillingInterval as BillingInterval
    from .billing_plan import BillingPlan as BillingPlan
    from .billing_plan_key import BillingPlanKey as BillingPlanKey
    from .billing_plans import BillingPlans as BillingPlans
    from .billing_public_plan import BillingPublicPlan as BillingPublicPlan
    from .billing_public_plan_key import BillingPublicPlanKey as BillingPublicPlanKey
    from .billing_public_plans import BillingPublicPlans as BillingPublicPlans
    from .client import Client as Client
    from .client_status import ClientStatus as ClientStatus
    from .client_type import ClientType as ClientType
    from .contact import Contact as Contact
    from .created_api_key import CreatedApiKey as CreatedApiKey
    from .escrow import Escrow as Escrow
    from .escrow_order import EscrowOrder as EscrowOrder
    from .escrow_representation_type import EscrowRepresentationType as EscrowRepresentationType
    from .escrow_status import EscrowStatus as EscrowStatus
    from .lead import Lead as Lead
    from .lead_client_type import LeadClientType as LeadClientType
    from .lead_interest_level import LeadInterestLevel as LeadInterestLevel
    from .lead_status import LeadStatus as LeadStatus
    from .listing import Listing as Listing
    from .listing_status import ListingStatus as ListingStatus
    from .subscription import Subscription as Subscription
    from .subscription_status import SubscriptionStatus as SubscriptionStatus
    from .user import User as User
    from .user_email_kind import UserEmailKind as UserEmailKind
    from .user_role import UserRole as UserRole
    from .user_status import UserStatus as UserStatus
    from .webhook import Webhook as Webhook
    from .webhook_delivery import WebhookDelivery as WebhookDelivery
    from .webhook_delivery_status import WebhookDeliveryStatus as WebhookDeliveryStatus
    from .webhook_event_type import WebhookEventType as WebhookEventType

_MODULES = {
    "ApiKey": "api_key",
    "ApiKeyAction": "api_key_action",
    "Appointment": "appointment",
    "AppointmentStatus": "appointment_status",
    "AppointmentType": "appointment_type",
    "AuthEmailKind": "auth_email_kind",
    "AuthLogin": "auth_login",
    "AuthRefresh": "auth_refresh",
    "AuthRegister": "auth_register",
    "AuthRegisterStatus": "auth_register_status",
    "AuthRole": "auth_role",
    "AuthSession": "auth_session",
    "AuthVerify": "auth_verify",
    "BillingCreateCheckout": "billing_create_checkout",
    "BillingCreatePortalSession": "billing_create_portal_session",
    "BillingCreatePublicCheckout": "billing_create_public_checkout",
    "BillingInterval": "billing_interval",
    "BillingPlan": "billing_plan",
    "BillingPlanKey": "billing_plan_key",
    "BillingPlans": "billing_plans",
    "BillingPublicPlan": "billing_public_plan",
    "BillingPublicPlanKey": "billing_public_plan_key",
    "BillingPublicPlans": "billing_public_plans",
    "Client": "client",
    "ClientStatus": "client_status",
    "ClientType": "client_type",
    "Contact": "contact",
    "CreatedApiKey": "created_api_key",
    "Escrow": "escrow",
    "EscrowOrder": "escrow_order",
    "EscrowRepresentationType": "escrow_representation_type",
    "EscrowStatus": "escrow_status",
    "Lead": "lead",
    "LeadClientType": "lead_client_type",
    "LeadInterestLevel": "lead_interest_level",
    "LeadStatus": "lead_status",
    "Listing": "listing",
    "ListingStatus": "listing_status",
    "Subscription": "subscription",
    "SubscriptionStatus": "subscription_status",
    "User": "user",
    "UserEmailKind": "user_email_kind",
    "UserRole": "user_role",
    "UserStatus": "user_status",
    "Webhook": "webhook",
    "WebhookDelivery": "webhook_delivery",
    "WebhookDeliveryStatus": "webhook_delivery_status",
    "WebhookEventType": "webhook_event_type",
}

__all__ = (
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
    "AuthVerify",
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
    "ClientStatus",
    "ClientType",
    "Contact",
    "CreatedApiKey",
    "Escrow",
    "EscrowOrder",
    "EscrowRepresentationType",
    "EscrowStatus",
    "Lead",
    "LeadClientType",
    "LeadInterestLevel",
    "LeadStatus",
    "Listing",
    "ListingStatus",
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
