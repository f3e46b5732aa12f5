import { startPostgres } from '../support/postgres.ts'

/**
 * A PostgreSQL as a bank would run it: its buffers hold what a morning touches of a book of a million
 * clients; shipped they are 128 MB, for machines of any size.
 */
export const startServer = (folder: string) => startPostgres(folder, { shared_buffers: '2GB' })
