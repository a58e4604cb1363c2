// Asks the browser for a passkey and sends what it answers in the form it was asked by. The forms are hidden where this does not run.
"use strict";

// As WebAuthn has octets in texts: base64url without padding.
const toOctets = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const toText = (octets) =>
  btoa(String.fromCharCode(...new Uint8Array(octets))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
const keys = (list) => (list || "").split(" ").filter(Boolean).map((id) => ({ type: "public-key", id: toOctets(id) }));

// A challenge is good for ten minutes.
const CHALLENGE_LIFETIME = 570_000;

function ask(form) {
  const { challenge, site, handle, person, known, algorithms } = form.dataset;
  const common = { challenge: toOctets(challenge), timeout: 120_000 };
  if (form.dataset.passkey === "get") {
    return navigator.credentials.get({ publicKey: { ...common, rpId: site, userVerification: "required" } });
  }
  const name = person || document.querySelector("input[name=name]:not([type=hidden])")?.value || form.elements.name.value;
  if (form.elements.name?.type === "hidden") form.elements.name.value = name;
  return navigator.credentials.create({
    publicKey: {
      ...common, rp: { id: site, name: "Homeline" }, user: { id: toOctets(handle), name, displayName: name },
      pubKeyCredParams: algorithms.split(" ").map((alg) => ({ type: "public-key", alg: Number(alg) })), excludeCredentials: keys(known),
      authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" }, attestation: "none",
    },
  });
}

function fill(form, credential) {
  const { response } = credential;
  const answer = {
    id: credential.rawId, client: response.clientDataJSON, attestation: response.attestationObject, authenticator: response.authenticatorData,
    signature: response.signature, handle: response.userHandle,
  };
  for (const [name, octets] of Object.entries(answer)) if (octets) form.elements[name].value = toText(octets);
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  let isReady = false;
  form.addEventListener("submit", (event) => {
    if (isReady) return;
    event.preventDefault();
    if (performance.now() > CHALLENGE_LIFETIME) { location.reload(); return; }
    const mistake = form.querySelector("[data-mistake]");
    mistake.textContent = "";
    ask(form)
      .then((credential) => { fill(form, credential); isReady = true; form.requestSubmit(); })
      .catch(() => { mistake.textContent = mistake.dataset.mistake; });
  });
}
