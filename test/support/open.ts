import { openAsBlob } from 'node:fs'
import { inject } from 'vitest'
import { type Database, openPglite, openPostgres } from '../../src/infra/database/index.ts'
import { createDatabase } from './postgres.ts'

/** The databases that every suite of features runs on. */
export const DATABASES = ['pglite', 'postgres'] as const

/** A database of its own, migrated and empty. */
export async function openTestDatabase(kind: Database['kind']): Promise<Database> {
  if (kind === 'pglite') return openPglite(undefined, await openAsBlob(inject('snapshot')))
  return openPostgres(await createDatabase(inject('postgres'), inject('template')))
}
