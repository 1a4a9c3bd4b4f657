/** The debug image, pinned. */

/**
 * nicolaka/netshoot v0.16, by the digest of its index (docs/ARCHITECTURE.md says where it was looked up): tags are not reproducible.
 */
export const DEFAULT_IMAGE =
  'docker.io/nicolaka/netshoot:v0.16@sha256:b09d9b21381f47a79b3cbcb30da25266dc17186ea00ae65e99fdc51396f48e70';

/** The same bytes in a second registry, to offer where the first cannot be reached. */
export const SECOND_REGISTRY_IMAGE = DEFAULT_IMAGE.replace('docker.io/', 'ghcr.io/');
