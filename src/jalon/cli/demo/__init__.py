"""The demonstration territory: fictional, marked so everywhere, credible for somebody who lives in the country."""
