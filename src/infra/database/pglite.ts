import { mkdir } from 'node:fs/promises'
import { PGlite } from '@electric-sql/pglite'
import { fromPglite } from 'pg-boss'
import { PrismaClient } from '../../generated/client.ts'
import { encrypted } from './encryption/encrypt-rows.ts'
import { Encryption } from './encryption/encryption.ts'
import { type Preparing, prepared } from './encryption/prepare.ts'
import { serveCopies } from './folder/copies.ts'
import { FlushingFs, flushed } from './folder/flushing-fs.ts'
import { folderFault } from './folder/folder-fault.ts'
import { FolderInUse, lockFolder } from './folder/folder-lock.ts'
import { type Database, TRANSACTION_LIMITS } from './index.ts'
import type { BareDatabase, InTransaction } from './migrate.ts'
import { pgliteAdapter } from './pglite-adapter.ts'

/**
 * As shipped, the buffers are 128 MB, written once at every opening and held to the end: two fifths of
 * the time to open a folder, and a fifth of the memory at rest. The files of a bank that fits here are in
 * the system's own cache.
 */
const BUFFERS = ['-c', 'shared_buffers=32MB']

/** How a PGlite is opened. */
interface Opening extends Preparing {
  /** A dump of a PGlite to begin with. */
  readonly snapshot?: Blob
  /** Whether what is committed outlives the machine's power. Without, it outlives the process. */
  readonly flush?: boolean
}

/** A PGlite, and what lets go of its folder. */
interface Opened {
  readonly pglite: PGlite
  unlock(): void
}

/** Throws `FolderInUse` and, for all else that keeps a folder from being opened, `FolderFault`. */
async function create(
  folder: string | undefined,
  { snapshot, flush = true }: Opening,
): Promise<Opened> {
  let unlock = () => {}
  try {
    if (folder) {
      await mkdir(folder, { recursive: true })
      unlock = lockFolder(folder)
    }
    const { defaultStartParams: shipped } = PGlite
    const pglite = await PGlite.create({
      ...(folder && { fs: new FlushingFs(folder) }),
      ...(snapshot && { loadDataDir: snapshot }),
      startParams: [...(folder && flush ? flushed(shipped) : shipped), ...BUFFERS],
    })
    return { pglite, unlock }
  } catch (error) {
    unlock()
    if (!folder || error instanceof FolderInUse) throw error
    throw await folderFault(folder, error)
  }
}

/** The embedded database of a folder as it stands, locked to this process. */
export async function barePglite(folder: string, how: Opening = {}): Promise<BareDatabase> {
  const { pglite, unlock } = await create(folder, how)
  return {
    kind: 'pglite',
    inTransaction: onPglite(pglite),
    async close() {
      await pglite.close()
      unlock()
    },
  }
}

/** Embedded PGlite in a folder, locked to this process; without a folder, in memory. */
export async function openPglite(folder?: string, how: Opening = {}): Promise<Database> {
  const { pglite, unlock } = await create(folder, how)
  const encryption = new Encryption()
  try {
    await prepared(onPglite(pglite), how, encryption)
  } catch (error) {
    await pglite.close()
    unlock()
    throw error
  }
  const prisma = new PrismaClient({ adapter: pgliteAdapter(pglite, encryption) })
  const copies = folder ? await serveCopies(folder, pglite) : null
  const database: Database = {
    kind: 'pglite',
    prisma,
    wholeBook: prisma,
    replica: null,
    boss: fromPglite(pglite),
    url: null,
    encryption,
    transaction: (work) => prisma.$transaction(work, TRANSACTION_LIMITS),
    async close() {
      await copies?.stop()
      await prisma.$disconnect()
      await pglite.close()
      unlock()
    },
  }
  return how.asItIs ? database : encrypted(database)
}

export const onPglite =
  (pglite: PGlite): InTransaction =>
  (work) =>
    pglite.transaction((tx) =>
      work({
        script: (sql) => tx.exec(sql),
        rows: async <Row>(sql: string, values: readonly unknown[] = []) =>
          (await tx.query<Row>(sql, [...values])).rows,
      }),
    )
