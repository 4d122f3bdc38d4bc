from django.http import HttpResponse

from zvonok.screens.shell.security import SecurityHeaders


def test_every_answer_forbids_what_our_pages_never_do(ask):
    response = SecurityHeaders(lambda request: HttpResponse("x"))(ask())
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'; script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response.headers["Permissions-Policy"]


def test_a_nonce_stands_in_the_policy_only_when_a_page_used_it(ask):
    unused = SecurityHeaders(lambda request: HttpResponse("x"))(ask())
    used = SecurityHeaders(lambda request: HttpResponse(str(request.csp_nonce)))(ask())
    assert "nonce-" not in unused.headers["Content-Security-Policy"]
    assert f"'nonce-{used.content.decode()}'" in used.headers["Content-Security-Policy"]


def test_a_view_may_keep_its_own_policy(ask):
    own = HttpResponse("x", headers={"Content-Security-Policy": "default-src 'self'"})
    assert (
        SecurityHeaders(lambda request: own)(ask()).headers["Content-Security-Policy"] == "default-src 'self'"
    )


def test_strict_transport_is_asked_for_where_cookies_are_secure(ask, settings):
    settings.SESSION_COOKIE_SECURE = False
    assert "Strict-Transport-Security" not in SecurityHeaders(lambda request: HttpResponse())(ask()).headers
    settings.SESSION_COOKIE_SECURE = True
    headers = SecurityHeaders(lambda request: HttpResponse())(ask()).headers
    assert headers["Strict-Transport-Security"].startswith("max-age=63072000")
