"""JSON answers from typed records, and their schemas for the OpenAPI description."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import FastAPI, Path
from fastapi.openapi.utils import get_openapi
from fastapi.responses import Response
from pydantic import AfterValidator

from rapporteur.model.claims import Claim
from rapporteur.web.queries import no_nul

REF = "#/components/schemas/{name}"
_ANSWERED: list[Any] = [Claim]

Ident = Annotated[str, Path(max_length=1000), AfterValidator(no_nul)]


class Problem(msgspec.Struct, frozen=True):
    """Why a request was refused: a stable code, and what to do about it in words."""

    code: str
    message: str


class Refused(msgspec.Struct, frozen=True):
    """An answer that is none."""

    error: Problem


def answers(kind: Any, status: int = 200) -> dict[str, Any]:
    """Options of a route that answers with a record of type ``kind``."""
    _ANSWERED.append(kind)
    told = {"content": {"application/json": {"schema": {"x-type": len(_ANSWERED) - 1}}}, "description": "As asked."}
    return {"response_model": None, "response_class": Response, "status_code": status, "responses": {status: told, **REFUSALS}}


def hands_out(*media_types: str) -> dict[str, Any]:
    """Options of a route that answers with a file."""
    told = {"content": {m: {"schema": {"type": "string", "format": "binary"}} for m in media_types}, "description": "The file."}
    return {"response_model": None, "response_class": Response, "responses": {200: told, **REFUSALS}}


_ANSWERED.append(Refused)
_REFUSED = {"content": {"application/json": {"schema": {"x-type": len(_ANSWERED) - 1}}}}
REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"description": words, **_REFUSED}
    for status, words in {
        400: "The request is malformed.",
        401: "Nobody that is known asks.",
        403: "Whoever asks may not do this.",
        404: "There is no such thing, or whoever asks may not see it.",
        422: "The request cannot be understood, or makes no sense.",
        503: "The record cannot be read or written just now.",
    }.items()
}


def answer(record: Any, status: int = 200) -> Response:
    """``record`` as JSON. Lone surrogates, which a damaged file may hold, have no UTF-8 form and become question marks."""
    try:
        data = msgspec.json.encode(record)
    except UnicodeEncodeError:
        data = msgspec.json.encode(_encodable(msgspec.to_builtins(record)))
    return Response(data, status, media_type="application/json")


def _encodable(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_encodable(k): _encodable(v) for k, v in value.items()}
    return [_encodable(v) for v in value] if isinstance(value, (list, tuple)) else value


def described(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI description of ``app`` with the schemas of its answers; made once."""
    if app.openapi_schema is None:
        made = get_openapi(title="Rapporteur", version=app.version, routes=app.routes, description=(__doc__ or "").split("\n")[0])
        roots, components = msgspec.json.schema_components(_ANSWERED, ref_template=REF)
        made.setdefault("components", {}).setdefault("schemas", {}).update(components)
        app.openapi_schema = _filled(made, roots)
    return app.openapi_schema


def _filled(part: Any, roots: Any) -> Any:
    """``part`` with each stand-in for a type replaced by its schema."""
    if isinstance(part, dict):
        if "x-type" in part:
            return roots[part["x-type"]]
        return {key: _filled(value, roots) for key, value in part.items()}
    return [_filled(value, roots) for value in part] if isinstance(part, list) else part
