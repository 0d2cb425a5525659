// What @digitalcredentials/verifier-core says of a credential: one request in JSON a line in, one answer a line
// out. It fetches by itself, so it is given a fetch that knows the documents of the request and nothing else.
import {createInterface} from 'node:readline';

let documents = {};
globalThis.fetch = async request => {
  const url = String(request.url ?? request);
  if(!(url in documents)) {
    throw new Error(`not among the documents of the request: ${url}`);
  }
  return new Response(JSON.stringify(documents[url]), {headers: {'content-type': 'application/json'}});
};
// It tells its troubles on the way where the answers go.
const say = console.log;
console.log = console.error = () => {};

const {verifyCredential} = await import('@digitalcredentials/verifier-core');

for await (const line of createInterface({input: process.stdin})) {
  const request = JSON.parse(line);
  documents = request.documents;
  const result = await verifyCredential({credential: request.credential, knownDIDRegistries: []});
  const steps = (result.log ?? []).map(({id, valid, error}) => [id, error?.name ?? valid]);
  say(JSON.stringify({
    steps: Object.fromEntries(steps), errors: (result.errors ?? []).map(({name}) => name),
    schema: result.additionalInformation?.find(({id}) => id === 'schema_check')?.results,
  }));
}
