"""`GuardedTransport`: HTTP that goes to one host, follows nothing, and reads no more than it was told to."""

from collections.abc import AsyncIterator

import httpx2

from planner.language.large.errors import LanguageModelError


class _Counted(httpx2.AsyncByteStream):
    """A response's body that ends in an error when it grows beyond a size."""

    def __init__(self, body: httpx2.AsyncByteStream, most: int) -> None:
        self._body, self._left, self._most = body, most, most

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._body:
            self._left -= len(piece)
            if self._left < 0:
                what = f"The server sent more than {self._most} bytes."
                remedy = "Ask for shorter answers, or look at what is listening there."
                raise LanguageModelError.at("lm-too-large", "--lm", what, remedy)
            yield piece

    async def aclose(self) -> None:
        await self._body.aclose()


class GuardedTransport(httpx2.AsyncHTTPTransport):
    """Sends to one host alone; a redirect, a packed body or one beyond the size is an error.

    Args:
        host: The only host that is asked, lower case.
        most_bytes: Largest body that is read.
    """

    def __init__(self, host: str, most_bytes: int) -> None:
        super().__init__(retries=0, trust_env=False)
        self._host, self._most = host, most_bytes

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Returns the response, its body counted while it is read.

        Raises:
            LanguageModelError: The request leaves the host, or the server redirects or packs its answer.
        """
        if request.url.host.lower() != self._host:
            what = f"A request to {request.url.host!r} was stopped; only {self._host!r} may be asked."
            raise LanguageModelError.at("lm-host", "--lm", what, "Give the server's own address.")
        request.headers["Accept-Encoding"] = "identity"
        response = await super().handle_async_request(request)
        if response.is_redirect or 300 <= response.status_code < 400:
            await response.aclose()
            what = f"The server redirects ({response.status_code}); redirects are not followed."
            raise LanguageModelError.at("lm-redirect", "--lm", what, "Give the address that answers itself.")
        if response.headers.get("Content-Encoding", "identity").lower() != "identity":
            await response.aclose()
            what = "The server packs its answer although it was asked not to."
            raise LanguageModelError.at("lm-bad-response", "--lm", what, "Turn compression off on the server.")
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        body = _Counted(response.stream, self._most)
        return httpx2.Response(
            response.status_code, headers=response.headers, stream=body, extensions=response.extensions
        )
