"""
The door that the suites of the W3C knock at: VC-API, with two test issuers, and only where JALON_CONFORMANCE
is 1.

It issues to anybody whatever is well formed, so it never meets the keys, lists or people of an organisation:
what it keeps lies in a folder of its own, and no table knows of it. Nothing here opens a socket.
"""
