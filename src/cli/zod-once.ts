/**
 * zod compiles a function for each schema at its first use, which pays after thousands of uses. A run uses each a few times: without
 * that, judging starts 40 ms earlier. To be imported before any schema is made.
 */
import { config } from 'zod/mini';

config({ jitless: true });
