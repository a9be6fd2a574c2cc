"""Serving files that strangers sent."""

from urllib.parse import quote

from litestar import Response

SHOWN_TYPES = ("image/png", "image/jpeg", "image/gif", "image/webp")  # a browser may show these


def file_response(name: str, media_type: str, content: bytes) -> Response[bytes]:
    """A stranger's file: pictures may be shown, everything else is saved and never run."""
    is_shown = media_type in SHOWN_TYPES
    disposition = "inline" if is_shown else "attachment"
    return Response(
        content,
        media_type=media_type if is_shown else "application/octet-stream",
        headers={
            "content-disposition": f"{disposition}; filename*=UTF-8''{quote(name)}",
            "content-security-policy": "sandbox; default-src 'none'",
            "x-content-type-options": "nosniff",
        },
    )
