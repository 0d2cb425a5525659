// What @digitalbazaar/vc says of a credential, and credentials that it signs: one request in JSON a line in,
// one answer a line out. It knows the documents of the request, did:key, and nothing else: no network.
import {createInterface} from 'node:readline';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import * as ecdsaJcs from '@digitalbazaar/ecdsa-jcs-2019-cryptosuite';
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import {cryptosuite as ecdsaRdfc} from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import * as eddsaJcs from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {cryptosuite as eddsaRdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import {checkStatus, createCredential, createList} from '@digitalbazaar/vc-bitstring-status-list';

globalThis.fetch = () => Promise.reject(new Error('no network here'));

const VERIFYING = [
  eddsaRdfc, ecdsaRdfc, eddsaJcs.createVerifyCryptosuite(), ecdsaJcs.createVerifyCryptosuite(),
];
const SIGNING = [eddsaRdfc, ecdsaRdfc, eddsaJcs.createSignCryptosuite(), ecdsaJcs.createSignCryptosuite()];

// did:key is read here once more, from its definition, so that our reading of it is checked as well.
function didKey(did) {
  const multibase = did.slice('did:key:'.length);
  const method = {
    '@context': 'https://w3id.org/security/multikey/v1', id: `${did}#${multibase}`, type: 'Multikey',
    controller: did, publicKeyMultibase: multibase,
  };
  return {
    '@context': 'https://www.w3.org/ns/did/v1', id: did,
    verificationMethod: [method], assertionMethod: [method.id],
  };
}

const loader = documents => async url => {
  const [base] = url.split('#');
  const whole = documents[base] ?? (base.startsWith('did:key:') ? didKey(base) : undefined);
  const document = url === base ? whole : whole?.verificationMethod.find(({id}) => id === url);
  if(!document) {
    throw new Error(`not among the documents of the request: ${url}`);
  }
  return {documentUrl: url, document: structuredClone(document), contextUrl: null};
};

async function verify({credential, documents, now}) {
  const suite = VERIFYING.map(cryptosuite => new DataIntegrityProof({cryptosuite}));
  const result = await vc.verifyCredential({
    credential, suite, documentLoader: loader(documents), checkStatus, ...(now && {now}),
  });
  const reasons = [result.error, ...result.error?.errors ?? [], result.statusResult?.error];
  return {
    verified: result.verified, proofs: result.results?.length ?? 0,
    reasons: reasons.filter(Boolean).map(({name, message}) => `${name}: ${message}`),
    statuses: result.statusResult?.results?.map(({status}) => status),
  };
}

async function issue({credential, documents, now, cryptosuite, curve}) {
  const made = curve ? await EcdsaMultikey.generate({curve}) : await Ed25519Multikey.generate();
  const {publicKeyMultibase} = await made.export({publicKey: true});
  const did = `did:key:${publicKeyMultibase}`;
  made.id = `${did}#${publicKeyMultibase}`;
  const issuer = typeof credential.issuer === 'object' ? {...credential.issuer, id: did} : did;
  const suite = new DataIntegrityProof({
    signer: made.signer(), date: now, cryptosuite: SIGNING.find(({name}) => name === cryptosuite),
  });
  return vc.issue({credential: {...credential, issuer}, suite, documentLoader: loader(documents), now});
}

async function list({id, purpose, length, set}) {
  const made = await createList({length});
  set.forEach(index => made.setStatus(index, true));
  return createCredential({id, list: made, statusPurpose: purpose});
}

for await (const line of createInterface({input: process.stdin})) {
  const {ask, ...request} = JSON.parse(line);
  const answer = await {verify, issue, list}[ask](request).catch(({message}) => ({failure: message}));
  console.log(JSON.stringify(answer));
}
