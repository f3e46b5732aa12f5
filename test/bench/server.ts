import { totalmem } from 'node:os'
import { startPostgres } from '../support/postgres.ts'

/**
 * A PostgreSQL as a bank would run it: a quarter of the machine's memory is its buffers', as its manual
 * has it (Resource Consumption, `shared_buffers`); shipped it takes 128 MB, for machines of any size.
 */
export const startServer = (folder: string) =>
  startPostgres(folder, { shared_buffers: `${Math.floor(totalmem() / 4 / 2 ** 20)}MB` })
