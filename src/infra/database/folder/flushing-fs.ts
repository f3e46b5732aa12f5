import { fsyncSync } from 'node:fs'
import { NodeFS } from '@electric-sql/pglite/nodefs'

/** The parts of Emscripten's file system in a folder that are added to here. */
interface FolderFiles {
  readonly stream_ops: { fsync?: (stream: { readonly nfd: number }) => number }
}

/** Emscripten's number for it: of a file PostgreSQL stops at it, of a folder (on Windows) it goes on. */
const EINVAL = 28

/**
 * A folder whose files are flushed to the disk when PostgreSQL asks for it. Emscripten's own does not: what was
 * committed would be lost with the machine's power, and the folder torn. Its `fdatasync` does nothing
 * whatever the folder, so that it serves only with `wal_sync_method=fsync`.
 */
export class FlushingFs extends NodeFS {
  override async init(...given: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const made = await super.init(...given)
    const options = made.emscriptenOpts
    const flush = (module: unknown) => {
      const { NODEFS } = module as { readonly NODEFS: FolderFiles }
      NODEFS.stream_ops.fsync = ({ nfd }) => {
        try {
          fsyncSync(nfd)
          return 0
        } catch {
          return EINVAL
        }
      }
    }
    return { ...made, emscriptenOpts: { ...options, preRun: [...(options.preRun ?? []), flush] } }
  }
}

/** As shipped it asks for no flush. */
const UNFLUSHED = '-F'

/** How an embedded database is started over a folder; `shipped`: what it is started with otherwise. */
export const flushed = (shipped: readonly string[]): string[] => [
  ...shipped.filter((each) => each !== UNFLUSHED),
  ...['-c', 'wal_sync_method=fsync'],
]
