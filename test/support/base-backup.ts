import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'

/**
 * Copies the folder of a server on this machine while it serves (PostgreSQL, "Making a Base Backup Using the Low
 * Level API"). The server's address is by its superuser.
 */
export async function baseBackup(server: string, folder: string): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  const { rows } = await client.query('show data_directory')
  await client.query(`select pg_backup_start('base', true)`)
  execFileSync('cp', ['-a', rows[0].data_directory, folder])
  const { rows: ended } = await client.query('select labelfile from pg_backup_stop(false)')
  await client.end()
  execFileSync('rm', ['-f', path.join(folder, 'postmaster.pid')])
  await writeFile(path.join(folder, 'backup_label'), ended[0].labelfile)
}

/** What was written into a server's folder here belongs to whoever runs the server. */
export const ownedAlike = (folder: string): void =>
  void execFileSync('chown', ['-R', `--reference=${folder}`, folder])
