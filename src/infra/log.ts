import { hostname } from 'node:os'
import { pino, stdTimeFunctions } from 'pino'

/** Structured lines on standard error. Ids and words of our own only, never personal data. */
export interface Log {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const

export const createLog = (level: (typeof LOG_LEVELS)[number]): Log =>
  pino(
    // Which of several instances, and when, in a form that people and machines read.
    {
      level,
      base: { instance: `${hostname()}:${process.pid}` },
      timestamp: stdTimeFunctions.isoTime,
    },
    pino.destination({ dest: 2, sync: true }),
  )
