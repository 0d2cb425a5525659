// What the library jose says of a token, and tokens that it signs: one request in JSON a line in, one answer
// a line out.
import {createInterface} from 'node:readline';
import * as jose from 'jose';

const text = bytes => new TextDecoder().decode(bytes);

async function verify({token, jwk, algorithms}) {
  const key = await jose.importJWK(jwk, jwk.alg ?? algorithms[0]);
  const {payload, protectedHeader} = await jose.compactVerify(token, key, {algorithms});
  return {verified: true, payload: text(payload), header: protectedHeader};
}

// A seal of one signature, its payload as it stands (RFC 7797); by the certificate that it brings.
async function sealed({payload, signature, algorithms}) {
  const {x5c, alg} = jose.decodeProtectedHeader(signature);
  const pem = `-----BEGIN CERTIFICATE-----\n${x5c[0].match(/.{1,64}/g).join('\n')}\n-----END CERTIFICATE-----`;
  const key = await jose.importX509(pem, alg);
  const met = await jose.flattenedVerify({payload, ...signature}, key, {algorithms, crit: {b64: true}});
  return {verified: true, payload: text(met.payload)};
}

async function sign({payload, header}) {
  const {publicKey, privateKey} = await jose.generateKeyPair(header.alg, {extractable: true});
  const token = await new jose.CompactSign(new TextEncoder().encode(payload))
    .setProtectedHeader(header).sign(privateKey);
  return {token, jwk: await jose.exportJWK(publicKey)};
}

// A key that everybody may know, taken for a secret that two share.
async function shared({payload, header, secret}) {
  const token = await new jose.CompactSign(new TextEncoder().encode(payload))
    .setProtectedHeader(header).sign(new TextEncoder().encode(secret));
  return {token};
}

async function unsecured({claims}) {
  return {token: new jose.UnsecuredJWT(claims).encode()};
}

async function thumbprint({jwk}) {
  return {thumbprint: await jose.calculateJwkThumbprint(jwk)};
}

for await (const line of createInterface({input: process.stdin})) {
  const {ask, ...request} = JSON.parse(line);
  const answer = await {verify, sealed, sign, shared, unsecured, thumbprint}[ask](request)
    .catch(({code, name, message}) => ({verified: false, code: code ?? name, message}));
  console.log(JSON.stringify(answer));
}
