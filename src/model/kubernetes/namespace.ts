import * as z from 'zod/mini';
import { metadataSchema } from './meta.ts';

/** Its labels: what the namespaceSelectors of policies look at. */
export const namespaceSchema = z.object({ metadata: metadataSchema });
export type Namespace = z.infer<typeof namespaceSchema>;
