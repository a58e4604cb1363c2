"""Writes ceremonies.jsonl: registrations and assertions as an authenticator of this script makes them, each accepted by two servers that
we did not write, python-fido2 2.2.1 and py_webauthn 3.0.1. Both are needed from PyPI.

    python make.py > ceremonies.jsonl
"""

import hashlib
import json
import os
import struct
import sys

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from fido2 import cbor
from fido2.cose import CoseKey
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationObject, AttestedCredentialData, AuthenticationResponse, AuthenticatorAssertionResponse, AuthenticatorAttestationResponse,
    AuthenticatorData, CollectedClientData, PublicKeyCredentialRpEntity, RegistrationResponse, UserVerificationRequirement)
from webauthn import verify_authentication_response, verify_registration_response

SITE, ORIGIN = "sms.example.org", "https://sms.example.org:8443"


class ES256:
    def __init__(self):
        self.key = ec.generate_private_key(ec.SECP256R1())

    def sign(self, octets):
        return self.key.sign(octets, ec.ECDSA(hashes.SHA256()))


class EdDSA:
    def __init__(self):
        self.key = ed25519.Ed25519PrivateKey.generate()

    def sign(self, octets):
        return self.key.sign(octets)


class RS256:
    def __init__(self):
        self.key = rsa.generate_private_key(65537, 2048)

    def sign(self, octets):
        return self.key.sign(octets, padding.PKCS1v15(), hashes.SHA256())


def client(kind, challenge):
    return CollectedClientData.create(kind, websafe_encode(challenge), ORIGIN)


def data(flags, count, credential=b""):
    return AuthenticatorData(hashlib.sha256(SITE.encode()).digest() + bytes([flags]) + struct.pack(">I", count) + credential)


def main():
    server = Fido2Server(PublicKeyCredentialRpEntity(id=SITE, name="Homeline"), verify_origin=lambda origin: origin == ORIGIN)
    for kind, algorithm in ((ES256, -7), (EdDSA, -8), (RS256, -257)):
        key, credential, handle = kind(), os.urandom(32), os.urandom(32)
        cose = {-7: "ES256", -8: "EdDSA", -257: "RS256"}[algorithm]
        public = CoseKey.for_name(cose).from_cryptography_key(key.key.public_key())
        attested = bytes(16) + struct.pack(">H", len(credential)) + credential + cbor.encode(public)
        create = client("webauthn.create", challenge := os.urandom(32))
        attestation = AttestationObject.create("none", data(0x45, 0, attested), {})

        registration = RegistrationResponse(
            raw_id=credential, response=AuthenticatorAttestationResponse(client_data=create, attestation_object=attestation))
        state = {"challenge": websafe_encode(challenge), "user_verification": UserVerificationRequirement.REQUIRED}
        server.register_complete(state, registration)
        verify_registration_response(
            credential={"id": websafe_encode(credential), "rawId": websafe_encode(credential), "type": "public-key", "response": {
                "clientDataJSON": websafe_encode(create), "attestationObject": websafe_encode(attestation)}},
            expected_challenge=challenge, expected_rp_id=SITE, expected_origin=ORIGIN, require_user_verification=True)

        get = client("webauthn.get", asked := os.urandom(32))
        shown = data(0x05, 7)
        signature = key.sign(bytes(shown) + get.hash)
        assertion = AuthenticationResponse(
            raw_id=credential, response=AuthenticatorAssertionResponse(
                client_data=get, authenticator_data=shown, signature=signature, user_handle=handle))
        state = {"challenge": websafe_encode(asked), "user_verification": UserVerificationRequirement.REQUIRED}
        server.authenticate_complete(state, [AttestedCredentialData(attested)], assertion)
        verify_authentication_response(
            credential={"id": websafe_encode(credential), "rawId": websafe_encode(credential), "type": "public-key", "response": {
                "clientDataJSON": websafe_encode(get), "authenticatorData": websafe_encode(shown), "signature": websafe_encode(signature),
                "userHandle": websafe_encode(handle)}},
            expected_challenge=asked, expected_rp_id=SITE, expected_origin=ORIGIN, credential_public_key=cbor.encode(public),
            credential_current_sign_count=0, require_user_verification=True)

        print(json.dumps({
            "algorithm": cose, "site": SITE, "origin": ORIGIN, "credential": websafe_encode(credential), "handle": websafe_encode(handle),
            "key": websafe_encode(cbor.encode(public)), "creating": {
                "challenge": websafe_encode(challenge), "client": websafe_encode(create), "attestation": websafe_encode(attestation)},
            "getting": {
                "challenge": websafe_encode(asked), "client": websafe_encode(get), "authenticator": websafe_encode(shown),
                "signature": websafe_encode(signature), "count": 7}}))


if __name__ == "__main__":
    sys.exit(main())
