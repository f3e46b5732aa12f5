import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { baseBackup, ownedAlike } from './base-backup.ts'
import { startPostgres } from './postgres.ts'

/** A server that follows another on this machine, whose address is by its superuser. */
export async function startStandby(folder: string, primary: string) {
  return startPostgres(folder, {}, async (databaseDir) => {
    await baseBackup(primary, databaseDir)
    const { hostname, port, username, password } = new URL(primary)
    const conninfo = `host=${hostname} port=${port} user=${username} password=${password}`
    await writeFile(path.join(databaseDir, 'standby.signal'), '')
    await writeFile(
      path.join(databaseDir, 'postgresql.auto.conf'),
      `primary_conninfo = '${conninfo}'\n`,
    )
    ownedAlike(databaseDir)
  })
}
