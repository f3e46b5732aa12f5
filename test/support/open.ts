import { randomUUID } from 'node:crypto'
import { openAsBlob } from 'node:fs'
import pg from 'pg'
import { inject } from 'vitest'
import { type Database, openPglite, openPostgres } from '../../src/infra/database/index.ts'

/** The databases that every suite of features runs on. */
export const DATABASES = ['pglite', 'postgres'] as const

/** A database of its own, migrated and empty. */
export async function openTestDatabase(kind: Database['kind']): Promise<Database> {
  if (kind === 'pglite') return openPglite(undefined, await openAsBlob(inject('snapshot')))
  const server = inject('postgres')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query(`create database ${name} template template0 encoding 'UTF8'`)
  await client.end()
  const url = new URL(server)
  url.pathname = `/${name}`
  return openPostgres(url.href)
}
