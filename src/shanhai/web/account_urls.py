"""Addresses of signing in by steps, of one's own account, and of the administration."""

from django.urls import path

from shanhai.web import (
    accounts,
    accounts_factor,
    administration,
    administration_account,
    administration_rights,
    factor_pages,
    signing_steps,
)

account_addresses = [
    path("sign-in/code", signing_steps.code, name="sign-in-code"),
    path("sign-in/password", signing_steps.password, name="sign-in-password"),
    path("sign-in/second-factor", signing_steps.factor, name="sign-in-factor"),
    path("account", accounts.page, name="account"),
    path("account/password", accounts.change_password, name="account-password"),
    path("account/sessions/end", accounts.end_other_sessions, name="account-sessions-end"),
    path("account/sessions/<int:number>/end", accounts.end_session, name="account-session-end"),
    path("account/second-factor", accounts_factor.factor, name="account-factor"),
    path("account/second-factor/begin", accounts_factor.begin, name="account-factor-begin"),
    path("account/second-factor/remove", accounts_factor.remove, name="account-factor-remove"),
    path("account/second-factor/qr.png", factor_pages.qr, name="account-factor-qr"),
    path("administration", administration.page, name="administration"),
    path("administration/new", administration.new, name="administration-new"),
    path("administration/scopes", administration_rights.scopes, name="administration-scopes"),
    path("administration/rights", administration_rights.rights, name="administration-rights"),
    path("administration/accounts/<str:username>", administration_account.page, name="administration-account"),
    path("administration/accounts/<str:username>/grant", administration_account.give, name="administration-give"),
    path("administration/accounts/<str:username>/<slug:word>", administration_account.act, name="administration-act"),
    path("administration/grants/<int:number>/end", administration_account.end_grant, name="administration-end-grant"),
]
