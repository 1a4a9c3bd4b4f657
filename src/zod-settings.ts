/**
 * To be imported before any schema is made. zod/mini says nothing but "Invalid input" where it is given no language. And zod compiles
 * a function for each schema at its first use, which pays after thousands of uses; a run uses each a few times.
 */
import { en } from 'zod/locales';
import { config } from 'zod/mini';

config({ ...en(), jitless: true });
