/** Recorded exchanges that the double does not match, and why. The contract test fails when one of them begins to match. */
export const KNOWN_DIFFERENCES: Readonly<Record<string, string>> = {
  'api-v1-resources':
    'the double serves no proxy, portforward, eviction and resize, and keeps no storage version hashes; what it serves is compared apart',
  apis: 'the double serves only the API groups that kubectl and netcheck use',
  'inject-duplicate-name-changed':
    'after its first line the message goes on with a diff of Go structs; the first line is compared apart',
};
