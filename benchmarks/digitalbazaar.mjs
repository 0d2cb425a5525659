// How many credentials @digitalbazaar/vc signs and verifies in a second of processor time: one request in JSON
// on stdin, one answer on stdout. Nothing is fetched.
import {text} from 'node:stream/consumers';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';

const {credential, contexts, now, seconds} = JSON.parse(await text(process.stdin));

const key = await Ed25519Multikey.generate();
const {publicKeyMultibase} = await key.export({publicKey: true});
const did = `did:key:${publicKeyMultibase}`;
key.id = `${did}#${publicKeyMultibase}`;
const method = {
  '@context': 'https://w3id.org/security/multikey/v1', id: key.id, type: 'Multikey', controller: did,
  publicKeyMultibase,
};
const issuer = {
  '@context': 'https://www.w3.org/ns/did/v1', id: did,
  verificationMethod: [method], assertionMethod: [key.id],
};
const known = {...contexts, [did]: issuer, [key.id]: method};
async function documentLoader(url) {
  if(!known[url]) {
    throw new Error(`not given: ${url}`);
  }
  return {documentUrl: url, document: known[url], contextUrl: null};
}

function issue() {
  const suite = new DataIntegrityProof({signer: key.signer(), date: now, cryptosuite});
  const fresh = {
    ...credential, id: `urn:uuid:${crypto.randomUUID()}`, issuer: {...credential.issuer, id: did},
  };
  return vc.issue({credential: fresh, suite, documentLoader, now});
}

const signed = await issue();
async function verify() {
  const suite = new DataIntegrityProof({cryptosuite});
  const {verified, error} = await vc.verifyCredential({credential: signed, suite, documentLoader, now});
  if(!verified) {
    throw error;
  }
}

function spent() {
  const {user, system} = process.cpuUsage();
  return (user + system) / 1e6;
}

async function rate(work) {
  for(const warm = spent(); spent() - warm < Math.min(2, seconds);) {
    await work();
  }
  const started = spent();
  let calls = 0;
  for(; spent() - started < seconds; calls++) {
    await work();
  }
  return calls / (spent() - started);
}

console.log(JSON.stringify({issue: await rate(issue), verify: await rate(verify)}));
