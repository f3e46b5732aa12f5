import { mkdir, open, readdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'

/** Where things are written down while the database does not answer: a file each, flushed. */
export interface Spool {
  write(id: string, value: unknown): Promise<void>
  remove(id: string): Promise<void>
  /** What an earlier process left, oldest first. */
  left(): Promise<{ readonly id: string; readonly value: unknown }[]>
}

export function createSpool(folder: string): Spool {
  const fileOf = (id: string) => path.join(folder, `${id}.json`)
  return {
    async write(id, value) {
      const made = await mkdir(folder, { recursive: true, mode: 0o700 })
      const file = await open(fileOf(id), 'w', 0o600)
      try {
        await file.writeFile(JSON.stringify(value))
        await file.sync()
      } finally {
        await file.close()
      }
      // A power loss takes the name of a flushed file, unless its folder was flushed as well.
      await flushFolder(folder)
      if (made) await flushAbove(folder, path.dirname(made))
    },
    remove: (id) => rm(fileOf(id), { force: true }),
    async left() {
      const names = await readdir(folder).catch(() => [])
      const files = names.filter((name) => name.endsWith('.json')).sort()
      const found = await Promise.all(
        files.map(async (name) => {
          const text = await readFile(path.join(folder, name), 'utf8').catch(() => '')
          try {
            return [{ id: name.replace(/\.json$/, ''), value: JSON.parse(text) as unknown }]
          } catch {
            // Half written by a process that died before it told anybody that it had it.
            return []
          }
        }),
      )
      return found.flat()
    },
  }
}

/** The folders above one, up to another: their names are new as well. */
async function flushAbove(folder: string, top: string): Promise<void> {
  for (let at = path.resolve(folder); at !== path.resolve(top); at = path.dirname(at)) {
    await flushFolder(path.dirname(at))
  }
}

async function flushFolder(folder: string): Promise<void> {
  // Windows has no handle of a folder, and flushes names by itself.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
