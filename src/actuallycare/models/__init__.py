# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
"""The classes of the API's payloads. Each is imported on first use (PEP 562)."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .agent import Agent as Agent
    from .api_key import ApiKey as ApiKey
    from .api_key import ApiKeyAction as ApiKeyAction
    from .api_key import is_api_key_action as is_api_key_action
    from .appointment import Appointment as Appointment
    from .appointment import AppointmentStatus as AppointmentStatus
    from .appointment import AppointmentType as AppointmentType
    from .appointment import is_appointment_status as is_appointment_status
    from .appointment import is_appointment_type as is_appointment_type
    from .auth_email_kind import AuthEmailKind as AuthEmailKind
    from .auth_email_kind import is_auth_email_kind as is_auth_email_kind
    from .auth_login import AuthLogin as AuthLogin
    from .auth_refresh import AuthRefresh as AuthRefresh
    from .auth_register import AuthRegister as AuthRegister
    from .auth_register import AuthRegisterStatus as AuthRegisterStatus
    from .auth_register import is_auth_register_status as is_auth_register_status
    from .auth_role import AuthRole as AuthRole
    from .auth_role import is_auth_role as is_auth_role
    from .auth_session import AuthSession as AuthSession
    from .billing_create_checkout import BillingCreateCheckout as BillingCreateCheckout
    from .billing_create_portal_session import (
        BillingCreatePortalSession as BillingCreatePortalSession,
    )
    from .billing_create_public_checkout import (
        BillingCreatePublicCheckout as BillingCreatePublicCheckout,
    )
    from .billing_interval import BillingInterval as BillingInterval
    from .billing_interval import is_billing_interval as is_billing_interval
    from .billing_plan import BillingPlan as BillingPlan
    from .billing_plan import BillingPlanKey as BillingPlanKey
    from .billing_plan import is_billing_plan_key as is_billing_plan_key
    from .billing_plans import BillingPlans as BillingPlans
    from .billing_public_plan import BillingPublicPlan as BillingPublicPlan
    from .billing_public_plan import BillingPublicPlanKey as BillingPublicPlanKey
    from .billing_public_plan import is_billing_public_plan_key as is_billing_public_plan_key
    from .billing_public_plans import BillingPublicPlans as BillingPublicPlans
    from .client import Client as Client
    from .client import ClientStatus as ClientStatus
    from .client import ClientType as ClientType
    from .client import is_client_status as is_client_status
    from .client import is_client_type as is_client_type
    from .client_property_preferences import ClientPropertyPreferences as ClientPropertyPreferences
    from .contact import Contact as Contact
    from .created_api_key import CreatedApiKey as CreatedApiKey
    from .escrow import Escrow as Escrow
    from .escrow import EscrowListStatus as EscrowListStatus
    from .escrow import EscrowOrder as EscrowOrder
    from .escrow import EscrowRepresentationType as EscrowRepresentationType
    from .escrow import EscrowStatus as EscrowStatus
    from .escrow import is_escrow_list_status as is_escrow_list_status
    from .escrow import is_escrow_order as is_escrow_order
    from .escrow import is_escrow_representation_type as is_escrow_representation_type
    from .escrow import is_escrow_status as is_escrow_status
    from .escrow_contingency import EscrowContingency as EscrowContingency
    from .escrow_contingency import EscrowContingencyStatus as EscrowContingencyStatus
    from .escrow_contingency import is_escrow_contingency_status as is_escrow_contingency_status
    from .lead import Lead as Lead
    from .lead import LeadClientType as LeadClientType
    from .lead import LeadInterestLevel as LeadInterestLevel
    from .lead import LeadStatus as LeadStatus
    from .lead import is_lead_client_type as is_lead_client_type
    from .lead import is_lead_interest_level as is_lead_interest_level
    from .lead import is_lead_status as is_lead_status
    from .listing import Listing as Listing
    from .listing import ListingStatus as ListingStatus
    from .listing import is_listing_status as is_listing_status
    from .person import Person as Person
    from .person_input import PersonInput as PersonInput
    from .subscription import Subscription as Subscription
    from .subscription import SubscriptionStatus as SubscriptionStatus
    from .subscription import is_subscription_status as is_subscription_status
    from .user import User as User
    from .user import UserEmailKind as UserEmailKind
    from .user import UserRole as UserRole
    from .user import UserStatus as UserStatus
    from .user import is_user_email_kind as is_user_email_kind
    from .user import is_user_role as is_user_role
    from .user import is_user_status as is_user_status
    from .webhook import Webhook as Webhook
    from .webhook_delivery import WebhookDelivery as WebhookDelivery
    from .webhook_delivery import WebhookDeliveryStatus as WebhookDeliveryStatus
    from .webhook_delivery import is_webhook_delivery_status as is_webhook_delivery_status
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
    "is_api_key_action": "api_key",
    "is_appointment_status": "appointment",
    "is_appointment_type": "appointment",
    "is_auth_email_kind": "auth_email_kind",
    "is_auth_register_status": "auth_register",
    "is_auth_role": "auth_role",
    "is_billing_interval": "billing_interval",
    "is_billing_plan_key": "billing_plan",
    "is_billing_public_plan_key": "billing_public_plan",
    "is_client_status": "client",
    "is_client_type": "client",
    "is_escrow_contingency_status": "escrow_contingency",
    "is_escrow_list_status": "escrow",
    "is_escrow_order": "escrow",
    "is_escrow_representation_type": "escrow",
    "is_escrow_status": "escrow",
    "is_lead_client_type": "lead",
    "is_lead_interest_level": "lead",
    "is_lead_status": "lead",
    "is_listing_status": "listing",
    "is_subscription_status": "subscription",
    "is_user_email_kind": "user",
    "is_user_role": "user",
    "is_user_status": "user",
    "is_webhook_delivery_status": "webhook_delivery",
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
    "is_api_key_action",
    "is_appointment_status",
    "is_appointment_type",
    "is_auth_email_kind",
    "is_auth_register_status",
    "is_auth_role",
    "is_billing_interval",
    "is_billing_plan_key",
    "is_billing_public_plan_key",
    "is_client_status",
    "is_client_type",
    "is_escrow_contingency_status",
    "is_escrow_list_status",
    "is_escrow_order",
    "is_escrow_representation_type",
    "is_escrow_status",
    "is_lead_client_type",
    "is_lead_interest_level",
    "is_lead_status",
    "is_listing_status",
    "is_subscription_status",
    "is_user_email_kind",
    "is_user_role",
    "is_user_status",
    "is_webhook_delivery_status",
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
