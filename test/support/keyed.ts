import { givenKey } from '../../src/infra/database/encryption/data-key.ts'

/** The key of every database of the tests, as a setting, and as databases are opened with it. */
export const KEY = { DATA_KEY: '0123456789abcdef'.repeat(4) }
export const KEYED = { dataKey: givenKey(KEY.DATA_KEY) }
