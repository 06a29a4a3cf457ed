"""The product's addresses and one more: a page that only checks the session, to measure the others against."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import urlpatterns as of_the_product


def bare(request: HttpRequest) -> HttpResponse:
    """Who is signed in, and nothing else."""
    return HttpResponse(str(request.user.pk))


urlpatterns = [*of_the_product, path("bench/bare/", bare)]
