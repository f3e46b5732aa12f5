import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { startPostgres } from './postgres.ts'

/**
 * A server that follows another on this machine, out of a copy of its folder made while it serves (PostgreSQL,
 * "Making a Base Backup Using the Low Level API"). The other's address is by its superuser.
 */
export async function startStandby(folder: string, primary: string) {
  return startPostgres(folder, {}, async (databaseDir) => {
    const client = new pg.Client({ connectionString: primary })
    await client.connect()
    const { rows } = await client.query('show data_directory')
    await client.query(`select pg_backup_start('standby', true)`)
    execFileSync('cp', ['-a', rows[0].data_directory, databaseDir])
    const { rows: ended } = await client.query('select labelfile from pg_backup_stop(false)')
    await client.end()
    execFileSync('rm', ['-f', path.join(databaseDir, 'postmaster.pid')])
    const { hostname, port, username, password } = new URL(primary)
    const conninfo = `host=${hostname} port=${port} user=${username} password=${password}`
    await writeFile(path.join(databaseDir, 'backup_label'), ended[0].labelfile)
    await writeFile(path.join(databaseDir, 'standby.signal'), '')
    await writeFile(
      path.join(databaseDir, 'postgresql.auto.conf'),
      `primary_conninfo = '${conninfo}'\n`,
    )
    // What was written here belongs to whoever runs the server.
    execFileSync('chown', ['-R', `--reference=${databaseDir}`, databaseDir])
  })
}
