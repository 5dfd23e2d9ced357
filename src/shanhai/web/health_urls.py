"""Addresses for supervisors, proxies and monitoring."""

from django.urls import path

from shanhai.web import health, metrics

urlpatterns = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("metrics", metrics.page, name="metrics"),
]
