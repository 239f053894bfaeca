"""Makes the application. Nothing happens when this is imported: everything begins in `create_app`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

import graph
from api import errors, methods, openapi, pages, uploads
from api.access import Access
from api.errors import Problem
from api.middleware import Direct, Gzip, Shell
from api.negotiation import prefers_html
from api.operations import Operations
from api.routers import BARE, DIRECT, ROUTERS
from api.services import Services
from graph.errors import VerreError
from graph.settings import Settings


def create_app(settings: Settings) -> FastAPI:
    """The application of one installation.

    Args:
        settings: where the releases are, and every limit.
    """
    services = Services.of(settings)
    operations = Operations(services)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        try:
            await services.start()
        except VerreError as error:  # uvicorn would show where in the code, which helps nobody
            errors.log.critical("the service cannot start: %s", error)
            raise
        try:
            await services.in_thread(lambda: uploads.clear(settings.home))
            await operations.start()
            yield
        finally:
            await operations.close()
            await services.close()

    app = FastAPI(
        title="Verre",
        version=graph.__version__,
        summary=openapi.SUMMARY,
        description=openapi.DESCRIPTION,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        redirect_slashes=False,
    )
    app.state.services = services
    app.state.operations = operations
    for router in BARE if settings.profile == "bare" else (*ROUTERS, pages.router):
        app.include_router(router)
    app.add_exception_handler(VerreError, _tell)
    app.add_exception_handler(RequestValidationError, _tell)
    app.add_exception_handler(HTTPException, _tell)
    app.add_middleware(Direct, handlers=DIRECT, render=_tell)
    app.add_middleware(Access, settings=settings, render=_tell)
    app.add_middleware(Gzip, settings=settings)
    app.add_middleware(Shell, settings=settings, render=_tell, watch=operations)
    return app


async def _tell(request: Request, error: Exception) -> Response:
    """Any error as an answer: a page for somebody with a browser, problem+json for all others."""
    if isinstance(error, HTTPException) and error.status_code == 405 and request.method == "OPTIONS":
        return methods.options(request)
    problem = _problem(request, error)
    if problem.status >= 500:
        errors.log.warning("request %s: %s: %s", problem.instance, type(error).__name__, error)
    if prefers_html(request.headers.get("accept")):
        page = _page(request, problem)
        if page is not None:
            page.headers.update({"Cache-Control": "no-store", **problem.headers})
            return page
    return errors.respond(problem)


def _page(request: Request, problem: Problem) -> Response | None:
    try:
        return pages.error_page(request, problem.status, problem.as_json())
    except Exception:
        errors.log.exception("request %s: the error page failed too", problem.instance)
        return None


def _problem(request: Request, error: Exception) -> Problem:
    if isinstance(error, RequestValidationError):
        return errors.problem_of(errors.invalid(error.errors(), openapi.parameter_names(request)), request)
    if isinstance(error, HTTPException):
        return errors.of_http(error, request, openapi.paths(request.app))
    return errors.problem_of(error, request)
